// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

import dev.heldby.weave.rules.Operation.Size;
import dev.heldby.weave.rules.Operation.Target;
import dev.heldby.weave.rules.Operation.When;
import dev.heldby.weave.rules.Operation.Word;

/** Reads what follows an operation's method. */
final class Clauses {
    private final Word word;
    private final MethodPattern method;
    private final int line;
    private final RuleParser parser;

    private Target target = Target.SELF;
    private int references;
    private When when;
    private Size size;
    private String through;
    private int unowned;

    Clauses(Word word, MethodPattern method, int line, RuleParser parser) {
        this.word = word;
        this.method = method;
        this.line = line;
        this.parser = parser;
    }

    Operation parse(RuleParser.Words words) throws RuleSyntaxException {
        while (words.hasNext()) {
            switch (words.next()) {
                case "of" -> target = target(words);
                case "references" -> references = words.argument();
                case "when" -> when = when(words);
                case "refused" -> when = refused(words);
                case "is" -> size = size(words);
                case "through" -> through = words.next();
                case "unless" -> unowned = owned(words);
                default ->
                    throw parser.wrong("unknown clause \"" + words.last()
                            + "\"; the clauses are of, references, when, refused, is, through and unless");
            }
        }
        check();
        return new Operation(word, method, target, references, when, size, through, unowned, line);
    }

    private void check() throws RuleSyntaxException {
        if (word == Word.BYTES && size == null) {
            throw parser.wrong("\"bytes\" needs \"is field NAME\" or \"is argument N\"");
        }
        if (references > 0 && word != Word.GET && word != Word.PUT) {
            throw parser.wrong("only get and put have \"references\"");
        }
        if (through != null && word != Word.EXCUSE) {
            throw parser.wrong("only excuse has \"through\"");
        }
        if (when == When.THROWN && (word != Word.EXCUSE || target.equals(Target.RESULT))) {
            throw parser.wrong("only excuse has \"when thrown\", and not of the result");
        }
        if (when == When.TRUE && word != Word.GET && word != Word.PUT) {
            throw parser.wrong("only get and put have \"when true\"");
        }
        if ((when == When.FALSE_REFUSES || when == When.THROWN_REFUSES) && word != Word.USE) {
            throw parser.wrong("only use has \"refused\"");
        }
        if (size != null && word != Word.BYTES) {
            throw parser.wrong("only bytes has \"is\"");
        }
        if (unowned > 0 && word != Word.BORN) {
            throw parser.wrong("only born has \"unless\"");
        }
    }

    private Target target(RuleParser.Words words) throws RuleSyntaxException {
        return words.skip("result") ? Target.RESULT : new Target(words.argument());
    }

    private When when(RuleParser.Words words) throws RuleSyntaxException {
        return switch (words.next()) {
            case "true" -> When.TRUE;
            case "thrown" -> When.THROWN;
            default -> throw parser.wrong("\"when\" knows \"true\" and \"thrown\"");
        };
    }

    private When refused(RuleParser.Words words) throws RuleSyntaxException {
        if (!words.next().equals("when")) {
            throw parser.wrong("\"refused\" needs \"when false\" or \"when thrown\"");
        }
        return switch (words.next()) {
            case "false" -> When.FALSE_REFUSES;
            case "thrown" -> When.THROWN_REFUSES;
            default -> throw parser.wrong("\"refused when\" knows \"false\" and \"thrown\"");
        };
    }

    private Size size(RuleParser.Words words) throws RuleSyntaxException {
        return words.skip("field") ? new Size(words.next(), 0) : new Size(null, words.argument());
    }

    private int owned(RuleParser.Words words) throws RuleSyntaxException {
        if (!words.next().equals("owned") || !words.next().equals("by")) {
            throw parser.wrong("\"unless\" needs \"owned by argument N\"");
        }
        return words.argument();
    }
}
