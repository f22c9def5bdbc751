// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import java.util.List;

/**
 * An object was accessed through a handle that had been closed, or whose object had been destroyed. Its own stack is that of
 * the access; the suppressed exceptions have the stacks of the handle's get and put, where they were recorded. The
 * counterpart is the address sanitizer's report of a use after free.
 */
public final class LapsedHandleException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    LapsedHandleException(String message, List<StackTraceElement> access) {
        super(message);
        if (!access.isEmpty()) {
            setStackTrace(access.toArray(StackTraceElement[]::new));
        }
    }

    void explain(String event, List<StackTraceElement> stack) {
        if (!stack.isEmpty()) {
            Throwable explanation = new Throwable(event);
            explanation.setStackTrace(stack.toArray(StackTraceElement[]::new));
            addSuppressed(explanation);
        }
    }
}
