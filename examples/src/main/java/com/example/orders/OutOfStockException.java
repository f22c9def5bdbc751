// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

/** The shop cannot deliver what was ordered. */
final class OutOfStockException extends Exception {

    private static final long serialVersionUID = 1;

    OutOfStockException(String item) {
        super(item + " is out of stock");
    }
}
