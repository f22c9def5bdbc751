// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

/** A text cut to a length. */
final class Cut {
    private static final String MARK = "...";

    private Cut() {}

    /** Ends with dots if it was cut and there is room for them. */
    static String to(int characters, String text) {
        if (text.length() <= characters) {
            return text;
        }
        return characters < MARK.length()
                ? text.substring(0, Math.max(0, characters))
                : text.substring(0, characters - MARK.length()) + MARK;
    }
}
