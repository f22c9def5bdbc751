// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

import dev.heldby.snapshot.RuleTraits;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the rules of one file. Not safe for threads; one parser reads one file. */
final class RuleParser {
    private static final Pattern CLASS = Pattern.compile("[\\p{Alpha}_$][\\w$]*(\\.[\\p{Alpha}_$][\\w$]*)*");
    private static final Pattern METHOD = Pattern.compile("[\\p{Alpha}_$][\\w$]*");
    private static final Pattern PREFIX = Pattern.compile("[\\w$]+(\\.[\\w$]+)*\\.?");

    private final String source;
    private final List<Rule> rules = new ArrayList<>();

    private int line;
    private RuleDraft rule;
    private TypeDraft type;
    private BlockRule blocks;

    RuleParser(String source) {
        this.source = source;
    }

    List<Rule> parse(List<String> lines) throws RuleSyntaxException {
        for (String text : lines) {
            line++;
            int comment = text.indexOf('#');
            String stripped = (comment < 0 ? text : text.substring(0, comment)).strip();
            if (!stripped.isEmpty()) {
                parse(new Words(stripped));
            }
        }
        endRule();
        if (rules.isEmpty()) {
            throw wrong("there is no rule in this file; a rule begins with \"rule NAME\"");
        }
        return List.copyOf(rules);
    }

    private void parse(Words words) throws RuleSyntaxException {
        String first = words.next();
        switch (first) {
            case "rule" -> startRule(words.next());
            case "link" -> draft().link = words.next();
            case "shaded" -> draft().shaded = true;
            case "optional" -> draft().optional = true;
            case "plumbing" -> draft().plumbing.add(prefix(words.next()));
            case "lifelong" -> draft().lifelong.add(prefix(words.next()));
            case "type" -> startType(words);
            case "blocks" -> startBlocks(words.next());
            case "counted" -> counted(words);
            case "alloc" -> blockOperation(BlockOperation.Word.ALLOC, words);
            case "free" -> blockOperation(BlockOperation.Word.FREE, words);
            default -> operation(first, words);
        }
        if (words.hasNext()) {
            throw wrong("\"" + words.next() + "\" was not expected after \"" + words.before() + "\"");
        }
    }

    private void startRule(String name) throws RuleSyntaxException {
        endRule();
        if (!name.matches("[\\w-]+")) {
            throw wrong("\"" + name + "\" is no rule name; use letters, digits and \"-\"");
        }
        rule = new RuleDraft(name);
    }

    private void endRule() {
        endType();
        if (rule != null) {
            rules.add(new Rule(
                    new RuleTraits(rule.name, rule.link, List.copyOf(rule.plumbing), List.copyOf(rule.lifelong)),
                    source,
                    rule.shaded,
                    rule.optional,
                    List.copyOf(rule.types),
                    List.copyOf(rule.blocks),
                    List.copyOf(rule.counted)));
        }
    }

    private void startType(Words words) throws RuleSyntaxException {
        endType();
        draft();
        boolean annotated = words.skip("annotated");
        type = new TypeDraft(className(words.next()), annotated, line);
        while (words.hasNext()) {
            switch (words.next()) {
                case "closeable" -> type.closeable = true;
                case "as" -> type.shownAs = className(words.next());
                default ->
                    throw wrong("\"" + words.last()
                            + "\" is unknown here; after a type come \"as TYPE\" and \"closeable\"");
            }
        }
    }

    private void endType() {
        if (type != null) {
            rule.types.add(new TypeRule(
                    type.name, type.annotated, type.shownAs, type.closeable, List.copyOf(type.operations), type.line));
        }
        type = null;
        if (blocks != null) {
            rule.blocks.add(new BlockRule(blocks.type(), List.copyOf(blocks.operations()), blocks.line()));
        }
        blocks = null;
    }

    private void startBlocks(String name) throws RuleSyntaxException {
        endType();
        draft();
        blocks = new BlockRule(className(name), new ArrayList<>(), line);
    }

    private void counted(Words words) throws RuleSyntaxException {
        endType();
        String name = className(words.next());
        String destructor = words.skip("destructor") ? words.next() : "close";
        if (!METHOD.matcher(destructor).matches()) {
            throw wrong("\"" + destructor + "\" is no name of a method; a destructor has no parameters");
        }
        draft().counted.add(new CountedRule(name, destructor, line));
    }

    private void blockOperation(BlockOperation.Word word, Words words) throws RuleSyntaxException {
        if (blocks == null) {
            throw wrong("\"" + words.last() + "\" must follow a line \"blocks CLASS\"");
        }
        MethodPattern method = new MethodSyntax(words.signature(), this).parse();
        blocks.operations().add(new BlockClauses(word, method, line, this).parse(words));
    }

    private void operation(String first, Words words) throws RuleSyntaxException {
        Operation.Word word = word(first);
        if (type == null) {
            throw wrong("\"" + first + "\" must follow a line \"type CLASS\"");
        }
        if (word == Operation.Word.DEAD && !words.skip("before")) {
            throw wrong(
                    "\"dead\" needs \"before METHOD\": the method that the type's own code calls to tear itself down");
        }
        MethodPattern method = new MethodSyntax(words.signature(), this).parse();
        type.operations.add(new Clauses(word, method, line, this).parse(words));
    }

    private Operation.Word word(String first) throws RuleSyntaxException {
        for (Operation.Word word : Operation.Word.values()) {
            if (word.name().toLowerCase(java.util.Locale.ROOT).equals(first)) {
                return word;
            }
        }
        throw wrong("unknown word \"" + first
                + "\"; a line begins with rule, link, shaded, optional, plumbing, lifelong, type, born, get, put,"
                + " use, dead, bytes, excuse, blocks, alloc, free or counted");
    }

    private RuleDraft draft() throws RuleSyntaxException {
        if (rule == null) {
            throw wrong("a rule must begin with \"rule NAME\"");
        }
        return rule;
    }

    String className(String name) throws RuleSyntaxException {
        if (!CLASS.matcher(name).matches()) {
            throw wrong("\"" + name + "\" is no class name");
        }
        return name;
    }

    private String prefix(String prefix) throws RuleSyntaxException {
        if (!PREFIX.matcher(prefix).matches()) {
            throw wrong("\"" + prefix + "\" is neither a class nor a package; end a package with a dot");
        }
        return prefix;
    }

    RuleSyntaxException wrong(String problem) {
        return new RuleSyntaxException(source, line, problem + ".");
    }

    private static final class RuleDraft {
        final String name;
        String link = "";
        boolean shaded;
        boolean optional;
        final List<String> plumbing = new ArrayList<>();
        final List<String> lifelong = new ArrayList<>();
        final List<TypeRule> types = new ArrayList<>();
        final List<BlockRule> blocks = new ArrayList<>();
        final List<CountedRule> counted = new ArrayList<>();

        RuleDraft(String name) {
            this.name = name;
        }
    }

    private static final class TypeDraft {
        final String name;
        final boolean annotated;
        final int line;
        String shownAs;
        boolean closeable;
        final List<Operation> operations = new ArrayList<>();

        TypeDraft(String name, boolean annotated, int line) {
            this.name = name;
            this.annotated = annotated;
            this.line = line;
        }
    }

    /** The words of one line, read from left to right. */
    final class Words {
        private final String[] words;
        private int next;

        Words(String text) {
            words = text.split("\\s+");
        }

        boolean hasNext() {
            return next < words.length;
        }

        String next() throws RuleSyntaxException {
            if (!hasNext()) {
                throw wrong("something is missing after \"" + words[next - 1] + "\"");
            }
            return words[next++];
        }

        String last() {
            return words[next - 1];
        }

        String before() {
            return words[next - 2];
        }

        boolean skip(String word) {
            boolean there = hasNext() && words[next].equals(word);
            next += there ? 1 : 0;
            return there;
        }

        String peek() throws RuleSyntaxException {
            String word = next();
            next--;
            return word;
        }

        /** The number of an argument. */
        int argument() throws RuleSyntaxException {
            if (!next().equals("argument")) {
                throw wrong("\"argument N\" was expected instead of \"" + last() + "\"");
            }
            String number = next();
            if (!number.matches("[1-9]\\d?")) {
                throw wrong("\"" + number + "\" is no argument; the first one is 1");
            }
            return Integer.parseInt(number);
        }

        /** A method with its parameters, which may hold spaces. */
        String signature() throws RuleSyntaxException {
            StringBuilder signature = new StringBuilder(next());
            while (signature.indexOf("(") >= 0 && signature.indexOf(")") < 0) {
                signature.append(next());
            }
            return signature.toString();
        }
    }
}
