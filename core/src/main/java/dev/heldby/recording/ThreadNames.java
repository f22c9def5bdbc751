// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for thread names. Threads of one name share a number, so that a program that makes threads without end needs
 * no room without end; past the capacity all share number 0.
 */
final class ThreadNames {
    private static final int CAPACITY = 1 << 16;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>(List.of("(another thread)"));

    synchronized int number(String name) {
        Integer known = numbers.get(name);
        if (known != null || names.size() == CAPACITY) {
            return known == null ? 0 : known;
        }
        names.add(name);
        numbers.put(name, names.size() - 1);
        return names.size() - 1;
    }

    synchronized String name(int number) {
        return names.get(number);
    }
}
