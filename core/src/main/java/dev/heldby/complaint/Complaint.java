// SPDX-License-Identifier: Apache-2.0
package dev.heldby.complaint;

import dev.heldby.snapshot.RuleTraits;
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
    private static final int MOST_FRAMES = 16;

    /**
     * A stack in the form that complaints have it: a frame a line, each after five blanks. Frames of the JDK outside the
     * program's own, such as those of an executor, and what is deeper than 16 frames, are only counted.
     */
    public static String lines(List<StackTraceElement> stack) {
        int program = stack.size();
        while (program > 0 && RuleTraits.isJdk(stack.get(program - 1).getClassName())) {
            program--;
        }
        int shown = Math.min(MOST_FRAMES, program == 0 ? stack.size() : program);
        StringBuilder lines = new StringBuilder();
        stack.subList(0, shown).forEach(frame -> line(lines, frame.toString()));
        if (shown < program) {
            line(lines, "... " + (stack.size() - shown) + " more frames");
        } else if (shown < stack.size()) {
            line(lines, "... " + (stack.size() - shown) + " frames of the JDK");
        }
        return lines.toString();
    }

    private static void line(StringBuilder lines, String text) {
        lines.append(INDENT).append(text).append('\n');
    }
}
