// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.RuleTraits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the frames of one rule's stacks that decided something from those that carried it out. Each distinct stack is
 * looked at once; for one thread.
 */
final class Sites {
    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    private final List<String> plumbing;
    private final List<String> lifelong;
    private final Map<List<StackTraceElement>, Stack> known = new HashMap<>();

    Sites(RuleTraits rule) {
        plumbing = rule.plumbing();
        lifelong = rule.lifelong();
    }

    Stack stack(List<StackTraceElement> elements) {
        return known.computeIfAbsent(elements, this::read);
    }

    boolean hasLifelong() {
        return !lifelong.isEmpty();
    }

    /** Whether what is born with this stack may live as long as the process. */
    boolean isLifelong(Stack birth) {
        return birth.frames().stream().anyMatch(frame -> startsWithAny(frame.className(), lifelong));
    }

    private Stack read(List<StackTraceElement> elements) {
        List<Site> frames = new ArrayList<>(elements.stream().map(this::site).toList());
        if (!frames.isEmpty() && frames.stream().allMatch(Site::plumbing)) {
            int decider = outermostBeyondJdk(frames);
            Site site = frames.get(decider);
            frames.set(decider, new Site(site.className(), site.method(), site.file(), site.line(), false));
        }
        return new Stack(
                List.copyOf(frames),
                frames.stream().filter(frame -> !frame.plumbing()).toList());
    }

    private static int outermostBeyondJdk(List<Site> frames) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            if (!isJdk(frames.get(i).className())) {
                return i;
            }
        }
        return 0;
    }

    private Site site(StackTraceElement element) {
        String className = element.getClassName();
        boolean carriesOut = isJdk(className)
                || startsWithAny(className, plumbing)
                || isHiddenLambda(className)
                || isSyntheticAccessor(element.getMethodName());
        return new Site(
                className,
                element.getMethodName(),
                element.getFileName(),
                Math.max(-1, element.getLineNumber()),
                carriesOut);
    }

    private static boolean isJdk(String className) {
        return JDK.stream().anyMatch(className::startsWith);
    }

    private static boolean isHiddenLambda(String className) {
        return className.contains("$$Lambda");
    }

    private static boolean isSyntheticAccessor(String method) {
        return method.startsWith("access$") && method.length() > 7 && Character.isDigit(method.charAt(7));
    }

    /** A shaded copy keeps the original name behind the one it was moved to. */
    private static boolean startsWithAny(String className, List<String> prefixes) {
        return prefixes.stream().anyMatch(p -> className.startsWith(p) || className.contains("." + p));
    }
}
