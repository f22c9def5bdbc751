// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.ArrayList;
import java.util.List;

/** What a program under test said, line by line. */
public final class Said {
    private static final List<String> LINES = new ArrayList<>();

    private Said() {}

    /** Called by programs under test. */
    public static synchronized void say(String line) {
        LINES.add(line);
    }

    /** All that was said since the last call. */
    static synchronized List<String> lines() {
        List<String> lines = List.copyOf(LINES);
        LINES.clear();
        return lines;
    }
}
