// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.snapshot.ReleaseCall;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be read from a program's classes. Whoever takes a snapshot asks, on its own thread, and only if something is wrong. */
@FunctionalInterface
public interface Code {
    /** Where nothing can be read. */
    Code UNREAD = (classNames, helpers) -> List.of();

    /**
     * The calls in these classes that give references back; none of what cannot be read.
     *
     * @param helpers by rule, names of methods in plumbing that were seen to give back, besides the rule's puts
     */
    List<ReleaseCall> releaseCalls(Set<String> classNames, Map<String, Set<String>> helpers);
}
