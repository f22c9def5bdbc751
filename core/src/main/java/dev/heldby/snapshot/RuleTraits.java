// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import java.util.List;

/**
 * What an analysis has to know of a rule.
 *
 * @param link a page that explains the library's ownership rules, empty if there is none
 * @param plumbing class-name prefixes of frames that only carry out what their caller decided
 * @param lifelong class-name prefixes; what is born beneath such a frame may be held as long as the process lives
 */
public record RuleTraits(String name, String link, List<String> plumbing, List<String> lifelong) {

    /** Whether what is born with that stack may be held as long as the process lives. */
    public boolean isLifelong(List<StackTraceElement> birth) {
        return birth.stream().anyMatch(frame -> lifelong.stream().anyMatch(frame.getClassName()::startsWith));
    }
}
