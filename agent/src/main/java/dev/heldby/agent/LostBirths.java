// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import dev.heldby.recording.FollowedRule;
import dev.heldby.snapshot.RuleTraits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * The methods that made objects which were lost, and those that called them: they are to report the exceptions that leave them. Found on
 * the reaper's thread, woven on one of its own, which begins with the first loss. Bounded.
 */
final class LostBirths {
    /** The program's methods of one stack, innermost first. */
    private static final int MOST_FRAMES = 4;

    private static final int MOST_CLASSES = 256;

    /** By the class's internal name. */
    private final Map<String, Set<String>> methods = new ConcurrentHashMap<>();

    private final LinkedBlockingQueue<String> toWeave = new LinkedBlockingQueue<>();
    private final Consumer<String> reweave;
    private boolean started;

    /** @param reweave has all loaded classes of a name woven anew */
    LostBirths(Consumer<String> reweave) {
        this.reweave = reweave;
    }

    /** The methods of that class that are to report; empty for nearly all. */
    Set<String> methods(String className) {
        return methods.getOrDefault(className, Set.of());
    }

    void add(FollowedRule rule, List<StackTraceElement> birth) {
        birth.stream()
                .filter(frame -> isProgram(frame.getClassName(), rule.traits()))
                .limit(MOST_FRAMES)
                .forEach(frame -> add(frame.getClassName().replace('.', '/'), frame.getMethodName()));
    }

    private static boolean isProgram(String className, RuleTraits rule) {
        return !RuleTraits.isJdk(className) && !rule.isPlumbing(className) && !rule.isOfLibrary(className);
    }

    private void add(String className, String method) {
        if (methods.size() < MOST_CLASSES || methods.containsKey(className)) {
            boolean isNew = methods.computeIfAbsent(className, k -> ConcurrentHashMap.newKeySet())
                    .add(method);
            if (isNew) {
                toWeave.add(className);
                start();
            }
        }
    }

    private synchronized void start() {
        if (!started) {
            started = true;
            Thread thread = new Thread(null, this::run, "HeldBy second look", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
        }
    }

    private void run() {
        try {
            while (true) {
                reweave.accept(toWeave.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
