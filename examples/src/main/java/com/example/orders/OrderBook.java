// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The orders to be placed, and how they were answered.
 *
 * <p>Which order is express and which asks for what is sold out follows from its number alone, so that every run of the
 * same length is the same.
 */
final class OrderBook {

    static final int SOLD_OUT_EVERY = 709;
    static final int EXPRESS_EVERY = 100;

    private static final List<String> ITEMS = List.of("teapot", "lantern", "kite", "abacus");

    private final int size;
    private final AtomicInteger placed = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger outOfStock = new AtomicInteger();

    OrderBook(int size) {
        this.size = size;
    }

    /** The next order, or null after the last. */
    Order next() {
        int number = placed.incrementAndGet();
        if (number > size) {
            return null;
        }
        String item = number % SOLD_OUT_EVERY == 0 ? Stock.SOLD_OUT_ITEM : ITEMS.get(number % ITEMS.size());
        return new Order(number, item, 1 + number % 9, number % EXPRESS_EVERY == 0);
    }

    void answered(HttpResponseStatus status) {
        if (status.equals(HttpResponseStatus.CREATED)) {
            accepted.incrementAndGet();
        } else if (status.equals(HttpResponseStatus.CONFLICT)) {
            outOfStock.incrementAndGet();
        } else {
            throw new IllegalStateException("unexpected answer: " + status);
        }
    }

    int answered() {
        return accepted.get() + outOfStock.get();
    }

    int outOfStock() {
        return outOfStock.get();
    }
}
