// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.buffer.ByteBuf;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last express orders, kept so that a repeated one is noticed.
 *
 * <p>Every order in here is retained. An order that makes room for a newer one has to be released.
 */
final class RecentOrders implements OrderStep, AutoCloseable {

    private static final int CAPACITY = 16;

    private final Map<Integer, ByteBuf> orders = new LinkedHashMap<>();
    private final Ledger ledger;
    private final boolean fixed;

    RecentOrders(Ledger ledger, boolean fixed) {
        this.ledger = ledger;
        this.fixed = fixed;
    }

    @Override
    public void accept(ByteBuf body) {
        Order order = Order.from(body);
        if (order.express()) {
            put(order.number(), body);
        }
    }

    private synchronized void put(int number, ByteBuf body) {
        if (body.equals(orders.get(number))) {
            ledger.add("repeated orders", 1);
            return;
        }
        ByteBuf former = orders.put(number, body.retain());
        if (former != null) {
            forget(former);
        }
        if (orders.size() > CAPACITY) {
            evictEldest();
        }
    }

    private void evictEldest() {
        Iterator<ByteBuf> eldestFirst = orders.values().iterator();
        ByteBuf eldest = eldestFirst.next();
        eldestFirst.remove();
        forget(eldest);
    }

    private void forget(ByteBuf body) {
        ledger.add("forgotten orders", 1);
        if (fixed) {
            body.release();
        }
    }

    @Override
    public synchronized void close() {
        while (!orders.isEmpty()) {
            evictEldest();
        }
    }
}
