// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

import dev.heldby.weave.rules.BlockOperation.Address;
import dev.heldby.weave.rules.BlockOperation.Size;
import dev.heldby.weave.rules.BlockOperation.Word;

/** Reads what follows the method of an {@code alloc} or a {@code free}. */
final class BlockClauses {
    private final Word word;
    private final MethodPattern method;
    private final int line;
    private final RuleParser parser;

    private Address address = Address.RESULT;
    private Size size;

    BlockClauses(Word word, MethodPattern method, int line, RuleParser parser) {
        this.word = word;
        this.method = method;
        this.line = line;
        this.parser = parser;
    }

    BlockOperation parse(RuleParser.Words words) throws RuleSyntaxException {
        while (words.hasNext()) {
            switch (words.next()) {
                case "of" -> address = address(words);
                case "size" -> size = size(words);
                default ->
                    throw parser.wrong("unknown clause \"" + words.last()
                            + "\"; after alloc and free come \"of\" and, after alloc, \"size\"");
            }
        }
        check();
        return new BlockOperation(
                word, method, address, word == Word.ALLOC && size == null ? Size.UNKNOWN : size, line);
    }

    private void check() throws RuleSyntaxException {
        if (word == Word.FREE && address.isResult()) {
            throw parser.wrong("\"free\" needs \"of argument N\" or \"of field NAME\"");
        }
        if (word == Word.FREE && size != null) {
            throw parser.wrong("only alloc has \"size\"");
        }
    }

    private Address address(RuleParser.Words words) throws RuleSyntaxException {
        if (words.skip("result")) {
            return Address.RESULT;
        }
        return words.skip("field") ? new Address(words.next(), 0) : new Address(null, words.argument());
    }

    private Size size(RuleParser.Words words) throws RuleSyntaxException {
        String number = words.peek();
        if (!number.matches("[1-9]\\d{0,17}")) {
            return new Size(words.argument(), 0);
        }
        words.next();
        return new Size(0, Long.parseLong(number));
    }
}
