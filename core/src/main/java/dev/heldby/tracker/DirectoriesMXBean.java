// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import java.util.Map;

/** The open directories, to be read while the program runs. Reading changes nothing. */
public interface DirectoriesMXBean {

    /** How many tracked references each has, by its name with its number. */
    Map<String, Integer> getHeld();

    /**
     * Who holds that one, as in {@link Directory#report()}; empty if no one does.
     *
     * @param name its name with its number, such as {@code netdev@3}, or its alias
     * @throws IllegalArgumentException if no open directory has that name, be it because it was closed
     */
    String report(String name);
}
