// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

/** What the shop has to sell. It never runs out of anything but the astrolabes, of which it has none. */
final class Stock {

    static final String SOLD_OUT_ITEM = "astrolabe";

    void take(Order order) throws OutOfStockException {
        if (order.item().equals(SOLD_OUT_ITEM)) {
            throw new OutOfStockException(order.item());
        }
    }
}
