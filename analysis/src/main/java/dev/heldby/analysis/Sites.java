// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.RuleTraits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells the frames of one rule's stacks that decided something from those that carried it out. Each distinct stack is
 * looked at once; for one thread.
 */
final class Sites {
    private final RuleTraits rule;
    private final Set<String> types;
    private final Map<List<StackTraceElement>, Stack> known = new HashMap<>();

    /** @param types the classes of the objects in question, whose constructors decide nothing */
    Sites(RuleTraits rule, Set<String> types) {
        this.types = types;
        this.rule = rule;
    }

    Stack stack(List<StackTraceElement> elements) {
        return known.computeIfAbsent(elements, this::read);
    }

    /**
     * Where the object was used last; empty where that was not looked at, or where its thread gave back more than so many
     * references afterwards: then it may have been one of their holders who used it.
     */
    Stack lastUse(History history, int putsAfter) {
        List<Event> events = history.events();
        int use = events.size() - 1;
        while (use >= 0 && events.get(use).op() != Op.USE) {
            use--;
        }
        return use >= 0 && putsByThread(events, use) <= putsAfter
                ? stack(events.get(use).stack())
                : stack(List.of());
    }

    private static long putsByThread(List<Event> events, int use) {
        return events.subList(use, events.size()).stream()
                .filter(event -> event.op() == Op.PUT)
                .filter(event -> event.thread().equals(events.get(use).thread()))
                .count();
    }

    /** Whether the place is in the library that the rule is about. */
    boolean isOfLibrary(Site site) {
        return rule.isOfLibrary(site.className());
    }

    /** Whether what is born with this stack may live as long as the process. */
    boolean isLifelong(List<StackTraceElement> birth) {
        return rule.mayHoldForLife(birth);
    }

    private Stack read(List<StackTraceElement> elements) {
        List<Site> frames = new ArrayList<>(elements.stream().map(this::site).toList());
        for (int i = 0; i < ownConstructors(frames); i++) {
            frames.set(i, frames.get(i).asPlumbing(true));
        }
        if (!frames.isEmpty() && frames.stream().allMatch(Site::plumbing)) {
            int decider = outermostBeyondJdk(frames);
            frames.set(decider, frames.get(decider).asPlumbing(false));
        }
        return new Stack(
                List.copyOf(frames),
                frames.stream().filter(frame -> !frame.plumbing()).toList());
    }

    /** How many innermost frames are the object's own constructors, of its class and of those that it extends. */
    private int ownConstructors(List<Site> frames) {
        int own = 0;
        for (int i = 0; i < frames.size() && frames.get(i).method().equals("<init>"); i++) {
            own = types.contains(frames.get(i).className()) ? i + 1 : own;
        }
        return own;
    }

    private static int outermostBeyondJdk(List<Site> frames) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            if (!RuleTraits.isJdk(frames.get(i).className())) {
                return i;
            }
        }
        return 0;
    }

    private Site site(StackTraceElement element) {
        String className = element.getClassName();
        boolean carriesOut = RuleTraits.isJdk(className)
                || rule.isPlumbing(className)
                || isHiddenLambda(className)
                || isSyntheticAccessor(element.getMethodName());
        return new Site(
                className,
                element.getMethodName(),
                element.getFileName(),
                Math.max(-1, element.getLineNumber()),
                carriesOut);
    }

    private static boolean isHiddenLambda(String className) {
        return className.contains("$$Lambda");
    }

    private static boolean isSyntheticAccessor(String method) {
        return method.startsWith("access$") && method.length() > 7 && Character.isDigit(method.charAt(7));
    }
}
