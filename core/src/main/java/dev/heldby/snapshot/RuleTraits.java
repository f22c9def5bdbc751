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
    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    /** Whether the class is part of the JDK. */
    public static boolean isJdk(String className) {
        return JDK.stream().anyMatch(className::startsWith);
    }

    /**
     * Whether what is born with this stack may be held as long as the process lives: beneath a lifelong frame, in the
     * initializer of a class, and where the JDK makes it for itself, without a frame of the program. Without a
     * stack there is no telling, so then it may if the rule knows any such frame.
     */
    public boolean mayHoldForLife(List<StackTraceElement> birth) {
        if (birth.isEmpty()) {
            return !lifelong.isEmpty();
        }
        return birth.stream().anyMatch(this::isLifelong)
                || birth.stream().allMatch(frame -> isJdk(frame.getClassName()));
    }

    private boolean isLifelong(StackTraceElement frame) {
        return frame.getMethodName().equals("<clinit>") || startsWithAny(frame.getClassName(), lifelong);
    }

    /** Whether the class only carries out what its callers decide. */
    public boolean isPlumbing(String className) {
        return startsWithAny(className, plumbing);
    }

    /** Whether the class is of the library whose frames are plumbing, by the first two parts of its package. */
    public boolean isOfLibrary(String className) {
        List<String> roots = plumbing.stream()
                .map(RuleTraits::root)
                .filter(root -> !isJdk(root))
                .toList();
        return startsWithAny(className, roots);
    }

    private static String root(String prefix) {
        int end = prefix.indexOf('.', prefix.indexOf('.') + 1);
        return end < 0 ? prefix : prefix.substring(0, end + 1);
    }

    /** A shaded copy keeps the original name behind the one it was moved to. */
    private static boolean startsWithAny(String className, List<String> prefixes) {
        return prefixes.stream().anyMatch(prefix -> className.startsWith(prefix) || className.contains("." + prefix));
    }
}
