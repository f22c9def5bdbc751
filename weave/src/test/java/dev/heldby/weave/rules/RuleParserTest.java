// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.recording.CountedKind.End;
import dev.heldby.snapshot.RuleTraits;
import dev.heldby.weave.rules.BlockOperation.Address;
import dev.heldby.weave.rules.Operation.Size;
import dev.heldby.weave.rules.Operation.Target;
import dev.heldby.weave.rules.Operation.When;
import dev.heldby.weave.rules.Operation.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleParserTest {

    private static List<Rule> parse(String text) throws RuleSyntaxException {
        return new RuleParser("my.rules").parse(text.lines().toList());
    }

    private static Operation operation(String line) throws RuleSyntaxException {
        List<Operation> operations =
                parse("rule r\ntype a.B\n" + line + "\n").get(0).types().get(0).operations();
        assertThat(operations).hasSize(1);
        return operations.get(0);
    }

    private static MethodPattern method(String name) {
        return new MethodPattern(null, name, null);
    }

    @Test
    void should_read_what_a_rule_says_of_itself() throws Exception {
        Rule rule = parse("""
                # a comment
                rule toys-2   # and another
                link https://example.org/x
                shaded
                plumbing a.b.
                plumbing a.B
                lifelong c.d.
                """).get(0);

        assertThat(rule.traits())
                .isEqualTo(new RuleTraits("toys-2", "https://example.org/x", List.of("a.b.", "a.B"), List.of("c.d.")));
        assertThat(rule.shaded()).isTrue();
        assertThat(rule.source()).isEqualTo("my.rules");
    }

    @Test
    void should_leave_out_what_a_rule_does_not_say() throws Exception {
        Rule rule = parse("rule r").get(0);

        assertThat(rule.traits()).isEqualTo(new RuleTraits("r", "", List.of(), List.of()));
        assertThat(rule.shaded()).isFalse();
        assertThat(rule.types()).isEmpty();
    }

    @Test
    void should_read_several_rules_and_types_when_a_file_has_them() throws Exception {
        List<Rule> rules = parse("rule one\ntype a.B\nput p\ntype a.C\nput q\nrule two\ntype a.D\n");

        assertThat(rules).extracting(Rule::name).containsExactly("one", "two");
        assertThat(rules.get(0).types()).extracting(TypeRule::type).containsExactly("a.B", "a.C");
        assertThat(rules.get(0).types().get(1).operations())
                .extracting(Operation::line)
                .containsExactly(5);
        assertThat(rules.get(1).types()).extracting(TypeRule::line).containsExactly(7);
    }

    @Test
    void should_read_what_a_type_says_of_itself() throws Exception {
        List<TypeRule> types = parse("rule r\ntype a.B$C as x.Y closeable\ntype annotated a.Counted\n")
                .get(0)
                .types();

        assertThat(types.get(0)).isEqualTo(new TypeRule("a.B$C", false, "x.Y", true, List.of(), 2));
        assertThat(types.get(1)).isEqualTo(new TypeRule("a.Counted", true, null, false, List.of(), 3));
    }

    @Test
    void should_read_counted_types_beside_the_others() throws Exception {
        Rule rule = parse("rule r\ntype A\nput p\ncounted a.B\ncounted a.C$D destructor free\n")
                .get(0);

        assertThat(rule.types()).extracting(TypeRule::type).containsExactly("A");
        assertThat(rule.counted())
                .containsExactly(new CountedRule("a.B", "close", 4), new CountedRule("a.C$D", "free", 5));
        assertThat(new RuleBook(List.of(rule)).countedTypes()).isEqualTo(Map.of("a/B", "close", "a/C$D", "free"));
    }

    @Test
    void should_know_the_end_from_the_operations() throws Exception {
        List<TypeRule> types = parse(
                        "rule r\ntype A closeable\nput p\ntype B\nput p\ntype C closeable\ndead before d\n")
                .get(0)
                .types();

        assertThat(types).extracting(TypeRule::end).containsExactly(End.LAST_PUT_IDEMPOTENT, End.LAST_PUT, End.TOLD);
    }

    @Test
    void should_be_self_contained_only_when_all_states_are_the_receivers_own() throws Exception {
        List<TypeRule> types = parse("""
                rule r
                type A
                  put p
                  bytes b.C.d is field f
                  excuse b.C.d of argument 1
                type B
                  born x.Y.make of result
                type C
                  put p of argument 1
                type D
                  born <init> unless owned by argument 1
                """).get(0).types();

        assertThat(types).extracting(TypeRule::selfContained).containsExactly(true, false, false, false);
    }

    @Test
    void should_read_each_word_when_it_stands_alone() throws Exception {
        for (Word word : new Word[] {Word.BORN, Word.GET, Word.PUT, Word.USE, Word.EXCUSE}) {
            assertThat(operation(word.name().toLowerCase(java.util.Locale.ROOT) + " take"))
                    .isEqualTo(new Operation(word, method("take"), Target.SELF, 0, null, null, null, 0, 3));
        }
        assertThat(operation("dead before take"))
                .isEqualTo(new Operation(Word.DEAD, method("take"), Target.SELF, 0, null, null, null, 0, 3));
    }

    @Test
    void should_read_each_clause_when_it_follows_a_word_that_has_it() throws Exception {
        assertThat(operation("born make of result").target()).isEqualTo(Target.RESULT);
        assertThat(operation("put close of argument 12").target()).isEqualTo(new Target(12));
        assertThat(operation("get retain references argument 1").references()).isEqualTo(1);
        assertThat(operation("get retain when true").when()).isEqualTo(When.TRUE);
        assertThat(operation("use check refused when false").when()).isEqualTo(When.FALSE_REFUSES);
        assertThat(operation("use check refused when thrown").when()).isEqualTo(When.THROWN_REFUSES);
        assertThat(operation("bytes init is field size").size()).isEqualTo(new Size("size", 0));
        assertThat(operation("bytes init is argument 2").size()).isEqualTo(new Size(null, 2));
        assertThat(operation("born <init> unless owned by argument 2").unowned())
                .isEqualTo(2);
    }

    @Test
    void should_read_what_allocates_and_frees_blocks() throws Exception {
        Rule rule = parse("""
                rule r
                optional
                type a.A
                  put p
                blocks a.B
                  alloc make
                  alloc make(long) size argument 1
                  alloc <init> of field address size 1024
                  alloc a.C.keep of argument 2
                  free x of argument 2
                  free y of field address
                blocks a.D
                """).get(0);
        List<BlockOperation> operations = rule.blocks().get(0).operations();

        assertThat(rule.optional()).isTrue();
        assertThat(rule.types()).hasSize(1);
        assertThat(rule.blocks()).extracting(BlockRule::type).containsExactly("a.B", "a.D");
        assertThat(rule.blocks()).extracting(BlockRule::line).containsExactly(5, 12);
        assertThat(operations)
                .extracting(BlockOperation::address)
                .containsExactly(
                        Address.RESULT,
                        Address.RESULT,
                        new Address("address", 0),
                        new Address(null, 2),
                        new Address(null, 2),
                        new Address("address", 0));
        assertThat(operations)
                .extracting(BlockOperation::size)
                .containsExactly(
                        BlockOperation.Size.UNKNOWN,
                        new BlockOperation.Size(1, 0),
                        new BlockOperation.Size(0, 1024),
                        BlockOperation.Size.UNKNOWN,
                        null,
                        null);
        assertThat(operations.get(3).method()).isEqualTo(new MethodPattern("a.C", "keep", null));
    }

    @Test
    void should_read_several_clauses_when_they_follow_each_other() throws Exception {
        assertThat(operation("put x.Y.close(int, T) of argument 2 references argument 1 when true"))
                .isEqualTo(new Operation(
                        Word.PUT,
                        new MethodPattern("x.Y", "close", List.of("int", "T")),
                        new Target(2),
                        1,
                        When.TRUE,
                        null,
                        null,
                        0,
                        3));
    }

    @Test
    void should_read_each_way_to_write_a_method() throws Exception {
        assertThat(operation("get a").method()).isEqualTo(method("a"));
        assertThat(operation("get a()").method()).isEqualTo(new MethodPattern(null, "a", List.of()));
        assertThat(operation("get <init>(byte[],int)").method())
                .isEqualTo(new MethodPattern(null, "<init>", List.of("byte[]", "int")));
        assertThat(operation("get x.Y$Z.<init>").method()).isEqualTo(new MethodPattern("x.Y$Z", "<init>", null));
        assertThat(operation("get @x.Retain").method()).isEqualTo(method("@x.Retain"));
    }

    @Test
    void should_match_a_method_by_name_and_by_parameters_when_it_has_them() {
        assertThat(new MethodPattern(null, "a", null).matches("a", List.of("int")))
                .isTrue();
        assertThat(new MethodPattern(null, "a", List.of()).matches("a", List.of("int")))
                .isFalse();
        assertThat(new MethodPattern(null, "a", List.of("int")).matches("a", List.of("int")))
                .isTrue();
        assertThat(new MethodPattern(null, "a", List.of("int")).matches("b", List.of("int")))
                .isFalse();
    }

    @Test
    void should_write_a_method_as_it_was_read() throws Exception {
        for (String text : new String[] {"a", "a()", "x.Y.a(int, T)"}) {
            assertThat(operation("get " + text).method()).hasToString(text);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ~link x                      | 1 | a rule must begin with "rule NAME"
            ~type a.B                    | 1 | a rule must begin with "rule NAME"
            ~# nothing                   | 1 | there is no rule in this file; a rule begins with "rule NAME"
            ~rule a.b                    | 1 | "a.b" is no rule name; use letters, digits and "-"
            ~rule                        | 1 | something is missing after "rule"
            ~rule r~get x                | 2 | "get" must follow a line "type CLASS"
            ~rule r~shaded yes           | 2 | "yes" was not expected after "shaded"
            ~rule r~plumbing a b         | 2 | "b" was not expected after "a"
            ~rule r~plumbing a/b         | 2 | "a/b" is neither a class nor a package; end a package with a dot
            ~rule r~lifelong a-b         | 2 | "a-b" is neither a class nor a package; end a package with a dot
            ~rule r~type a-b             | 2 | "a-b" is no class name
            ~rule r~type a.B as          | 2 | something is missing after "as"
            ~rule r~type a.B open        | 2 | "open" is unknown here; after a type come "as TYPE" and "closeable"
            ~rule r~type A~take x        | 3 | unknown word "take"; a line begins with rule, link, shaded, optional, plumbing, lifelong, type, born, get, put, use, dead, bytes, excuse, blocks, alloc, free or counted
            ~rule r~type A~get a-b       | 3 | "a-b" is no method; write NAME, NAME(TYPE, TYPE) or CLASS.NAME
            ~rule r~type A~get           | 3 | something is missing after "get"
            ~rule r~type A~get a(int,    | 3 | something is missing after "a(int,"
            ~rule r~type A~get @a-b      | 3 | "a-b" is no class name
            ~rule r~type A~get a twice   | 3 | unknown clause "twice"; the clauses are of, references, when, refused, is, through and unless
            ~rule r~type A~get a of b    | 3 | "argument N" was expected instead of "b"
            ~rule r~type A~get a of argument 0        | 3 | "0" is no argument; the first one is 1
            ~rule r~type A~get a when false           | 3 | "when" knows "true" and "thrown"
            ~rule r~type A~use a refused              | 3 | something is missing after "refused"
            ~rule r~type A~use a refused if           | 3 | "refused" needs "when false" or "when thrown"
            ~rule r~type A~use a refused when true    | 3 | "refused when" knows "false" and "thrown"
            ~rule r~type A~born a unless b            | 3 | "unless" needs "owned by argument N"
            ~rule r~type A~born a unless owned of argument 1 | 3 | "unless" needs "owned by argument N"
            ~rule r~type A~bytes a                    | 3 | "bytes" needs "is field NAME" or "is argument N"
            ~rule r~type A~use a references argument 1 | 3 | only get and put have "references"
            ~rule r~type A~born a when true           | 3 | only get and put have "when true"
            ~rule r~type A~put a refused when thrown  | 3 | only use has "refused"
            ~rule r~type A~put a is argument 1        | 3 | only bytes has "is"
            ~rule r~type A~get a unless owned by argument 1 | 3 | only born has "unless"
            ~rule r~type A~dead a                     | 3 | "dead" needs "before METHOD": the method that the type's own code calls to tear itself down
            ~blocks a.B                               | 1 | a rule must begin with "rule NAME"
            ~rule r~blocks a-b                        | 2 | "a-b" is no class name
            ~rule r~blocks A twice                    | 2 | "twice" was not expected after "A"
            ~counted a.B                              | 1 | a rule must begin with "rule NAME"
            ~rule r~counted                           | 2 | something is missing after "counted"
            ~rule r~counted a-b                       | 2 | "a-b" is no class name
            ~rule r~counted A end                     | 2 | "end" was not expected after "A"
            ~rule r~counted A destructor              | 2 | something is missing after "destructor"
            ~rule r~counted A destructor end()        | 2 | "end()" is no name of a method; a destructor has no parameters
            ~rule r~counted A~get x                   | 3 | "get" must follow a line "type CLASS"
            ~rule r~optional yes                      | 2 | "yes" was not expected after "optional"
            ~rule r~type A~alloc a                    | 3 | "alloc" must follow a line "blocks CLASS"
            ~rule r~blocks A~get a                    | 3 | "get" must follow a line "type CLASS"
            ~rule r~blocks A~free a                   | 3 | "free" needs "of argument N" or "of field NAME"
            ~rule r~blocks A~free a of result         | 3 | "free" needs "of argument N" or "of field NAME"
            ~rule r~blocks A~free a of argument 1 size 8 | 3 | only alloc has "size"
            ~rule r~blocks A~alloc a size             | 3 | something is missing after "size"
            ~rule r~blocks A~alloc a size 0           | 3 | "argument N" was expected instead of "0"
            ~rule r~blocks A~alloc a when true        | 3 | unknown clause "when"; after alloc and free come "of" and, after alloc, "size"
            """)
    void should_name_the_file_and_the_line_when_a_rule_cannot_be_understood(String text, int line, String problem) {
        assertThatThrownBy(() -> parse(text.substring(1).replace('~', '\n')))
                .isInstanceOf(RuleSyntaxException.class)
                .hasMessage("my.rules line " + line + ": " + problem + ".");
    }

    @Test
    void should_say_so_when_a_file_cannot_be_read(@TempDir Path folder) throws Exception {
        Path none = folder.resolve("none.rules");
        assertThatThrownBy(() -> RuleFiles.read(none))
                .hasMessage("The rule file \"" + none + "\" cannot be read: it does not exist.");
        assertThatThrownBy(() -> RuleFiles.read(folder))
                .hasMessage("The rule file \"" + folder + "\" cannot be read: it is a folder.");
        Path binary = Files.write(folder.resolve("binary.rules"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> RuleFiles.read(binary))
                .hasMessage("The rule file \"" + binary + "\" is not UTF-8 text.");
    }

    @Test
    void should_understand_every_example_of_the_page_on_rules() throws Exception {
        String[] parts = Files.readString(Path.of("..", "docs", "rules.md")).split("```");
        List<String> names = new ArrayList<>();
        for (String part : parts) {
            if (part.startsWith("rules\n")) {
                parse(part.substring("rules\n".length())).forEach(rule -> names.add(rule.name()));
            }
        }
        assertThat(names).containsExactly("acme", "my-zstd", "acme-native", "acme-handles");
    }

    @Test
    void should_understand_the_rules_that_come_with_it() {
        assertThat(RuleFiles.builtIn())
                .extracting(Rule::name)
                .containsExactly("netty", "jdk", "memory", "rocksdb", "zstd");
        assertThat(RuleFiles.builtIn())
                .filteredOn(Rule::optional)
                .extracting(Rule::name)
                .containsExactly("memory", "rocksdb", "zstd");
    }
}
