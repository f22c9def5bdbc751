// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code [CLASS.]NAME[(TYPE,...)]} or {@code @ANNOTATION}. */
final class MethodSyntax {
    private static final Pattern METHOD =
            Pattern.compile("(?:([\\w$.]+)\\.)?([\\w$]+|<init>)(?:\\(([\\w$\\[\\],]*)\\))?");

    private final String text;
    private final RuleParser parser;

    MethodSyntax(String text, RuleParser parser) {
        this.text = text;
        this.parser = parser;
    }

    MethodPattern parse() throws RuleSyntaxException {
        if (text.startsWith("@")) {
            return new MethodPattern(null, "@" + parser.className(text.substring(1)), null);
        }
        Matcher method = METHOD.matcher(text);
        if (!method.matches()) {
            throw parser.wrong("\"" + text + "\" is no method; write NAME, NAME(TYPE, TYPE) or CLASS.NAME");
        }
        return new MethodPattern(method.group(1), method.group(2), parameters(method.group(3)));
    }

    private static List<String> parameters(String types) {
        if (types == null) {
            return null;
        }
        return types.isEmpty() ? List.of() : List.of(types.split(","));
    }
}
