// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The shop's running totals by name. Any thread may add. */
final class Ledger {

    private final Map<String, LongAdder> totals = new ConcurrentHashMap<>();

    void add(String name, long amount) {
        totals.computeIfAbsent(name, key -> new LongAdder()).add(amount);
    }

    long total(String name) {
        LongAdder total = totals.get(name);
        return total == null ? 0 : total.sum();
    }
}
