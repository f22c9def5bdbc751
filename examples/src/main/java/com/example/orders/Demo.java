// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import java.util.Locale;

/**
 * Opens the shop, sends customers in over real sockets, and closes it when all are served.
 *
 * <p>Of the 12,058 orders 17 are out of stock and leave their receipt behind, and 120 are express and stay behind in
 * {@link RecentOrders}. With {@code --fixed} nothing stays behind.
 */
public final class Demo {

    private static final int DEFAULT_REQUESTS = 12_058;

    private Demo() {}

    public static void main(String[] args) throws Exception {
        boolean fixed = false;
        int requests = DEFAULT_REQUESTS;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--fixed")) {
                fixed = true;
            } else if (args[i].equals("--requests") && i + 1 < args.length) {
                requests = Integer.parseInt(args[++i]);
            } else {
                throw new IllegalArgumentException("unknown option '" + args[i] + "'; use [--fixed] [--requests N]");
            }
        }
        run(new OrderBook(requests), requests, fixed);
    }

    private static void run(OrderBook orders, int requests, boolean fixed) throws Exception {
        double seconds;
        try (OrderServer server = new OrderServer(fixed);
                Customers customers = new Customers()) {
            System.out.println(
                    "order server listens on port " + server.address().getPort());
            long start = System.nanoTime();
            customers.place(orders, server.address());
            seconds = (System.nanoTime() - start) / 1e9;
        }
        if (orders.answered() != requests) {
            throw new IllegalStateException(
                    "only " + orders.answered() + " of " + requests + " requests were answered");
        }
        System.out.printf(
                Locale.ROOT,
                "%,d requests answered in %.1f s (%d out of stock)%n",
                orders.answered(),
                seconds,
                orders.outOfStock());
    }
}
