// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

/** A rule file says something that is no rule. The message is a sentence that begins with the file and the line. */
public final class RuleSyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    RuleSyntaxException(String source, int line, String problem) {
        super(source + " line " + line + ": " + problem);
    }
}
