// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.List;
import java.util.stream.Collectors;

/** The frames of the calling thread that decided something, innermost first. */
final class Program {
    private static final int DEEPEST = 200;
    private static final int MOST = 12;
    private static final StackWalker WALKER = StackWalker.getInstance();

    private static volatile Calls calls = new Calls();

    private Program() {}

    static void follow(Calls inForce) {
        calls = inForce;
    }

    static boolean isCounted(Object object) {
        return object != null && Known.COUNTED.get(object.getClass());
    }

    static List<StackTraceElement> frames() {
        return WALKER.walk(frames -> frames.limit(DEEPEST)
                .filter(frame -> decides(frame.getClassName()))
                .limit(MOST)
                .map(StackWalker.StackFrame::toStackTraceElement)
                .toList());
    }

    static List<StackTraceElement> frames(Throwable thrown) {
        return List.of(thrown.getStackTrace()).stream()
                .filter(frame -> decides(frame.getClassName()))
                .limit(MOST)
                .toList();
    }

    private static boolean decides(String className) {
        return !Names.isJdk(className)
                && !className.startsWith("dev.heldby.eval.plant.")
                && !calls.isPlumbing(className.replace('.', '/'));
    }

    /** One line: {@code class:method:file:line}, separated by bars. */
    static String text(List<StackTraceElement> frames) {
        return frames.stream()
                .map(frame -> frame.getClassName()
                        + ':'
                        + frame.getMethodName()
                        + ':'
                        + frame.getFileName()
                        + ':'
                        + frame.getLineNumber())
                .collect(Collectors.joining("|"));
    }

    /** Loaded when the first object is asked about, so that its computation sees the lists in force. */
    private static final class Known {
        static final ClassValue<Boolean> COUNTED = new ClassValue<>() {
            @Override
            protected Boolean computeValue(Class<?> type) {
                return calls.isCounted(type);
            }
        };
    }
}
