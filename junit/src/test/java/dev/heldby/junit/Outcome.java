// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What became of a test.
 *
 * @param problem null if it went well
 * @param notes its report entries
 */
record Outcome(String status, Problem problem, List<String> notes) implements Serializable {

    /** An exception, without its class. */
    record Problem(String type, String message, List<StackTraceElement> stack, List<Problem> suppressed)
            implements Serializable {
        static Problem of(Throwable thrown) {
            return thrown == null
                    ? null
                    : new Problem(
                            thrown.getClass().getName(),
                            thrown.getMessage(),
                            List.of(thrown.getStackTrace()),
                            Arrays.stream(thrown.getSuppressed())
                                    .map(Problem::of)
                                    .toList());
        }

        /** The first frame, or who called it if that is the test classes' own short way to a buffer. */
        String firstFrame() {
            StackTraceElement frame = stack.get(stack.get(0).getMethodName().equals("buffer") ? 1 : 0);
            String type = frame.getClassName();
            return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
        }
    }
}
