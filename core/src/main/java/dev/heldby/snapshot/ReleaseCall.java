// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import java.util.List;

/**
 * A call in the code of a program that gives back a reference to an object of a rule, whether it was ever made or not.
 *
 * @param className of the caller, with dots
 * @param file null where the class does not say
 * @param line -1 where the class does not say
 * @param reachedFrom the lines of the method that may run before it in the same call of the method, in order
 */
public record ReleaseCall(
        String rule, String className, String method, String file, int line, List<Integer> reachedFrom) {

    public ReleaseCall reachedFrom(List<Integer> lines) {
        return new ReleaseCall(rule, className, method, file, line, lines);
    }
}
