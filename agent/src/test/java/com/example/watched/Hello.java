// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

/** Does next to nothing. */
public final class Hello {
    private Hello() {}

    public static void main(String[] args) {
        System.out.println("hello");
    }
}
