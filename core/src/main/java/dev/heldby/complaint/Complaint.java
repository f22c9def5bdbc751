// SPDX-License-Identifier: Apache-2.0
package dev.heldby.complaint;

import java.util.List;

/**
 * One thing that a program did wrong with what it counts. The kernel's counterpart is a {@code WARN} with its text.
 *
 * @param rule the part of the library that noticed: {@code directory}, {@code count}, {@code handle}, {@code history} or
 *     {@code slot}
 * @param kind the sort of wrong, such as {@code double-release}
 * @param subject what it was done to, such as {@code netdev@3}
 * @param text a sentence, and the stacks that explain it on lines of their own
 * @param isFirst whether it is the first of its kind at its place in this process, as with the kernel's {@code WARN_ONCE}
 */
public record Complaint(String rule, String kind, String subject, String text, boolean isFirst) {
    private static final String INDENT = "     ";

    /** A stack in the form that complaints have it: a frame a line, each after five blanks. */
    public static String lines(List<StackTraceElement> stack) {
        StringBuilder lines = new StringBuilder();
        stack.forEach(frame -> lines.append(INDENT).append(frame).append('\n'));
        return lines.toString();
    }
}
