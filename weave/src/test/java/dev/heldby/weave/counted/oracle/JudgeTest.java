// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Programs that destroy their objects themselves, as a weaver would have them do, and wrongly. */
class JudgeTest {
    private static final String A = """
            @Counted class A {
                final int id = T.id();
                int touch() { T.use(id); return id; }
                public void close() { T.destroyed(id); }
            }
            """;

    private static List<String> divergences(String statements) throws Exception {
        Program program =
                Program.of("judged", A + "class Main { static A kept; static void main() {\n" + statements + "\n} }");
        try (Compiler compiler = new Compiler()) {
            return new Programs(classes -> classes)
                    .divergences(compiler.compile(program)).stream()
                            .map(each -> each.kind() + ": " + each.sentence())
                            .toList();
        }
    }

    @Test
    void should_have_nothing_against_an_object_that_is_destroyed_when_it_goes_out_of_scope() throws Exception {
        assertThat(divergences("{ A a = new A(); T.step(1); a.close(); } T.step(2);"))
                .isEmpty();
    }

    @Test
    void should_call_early_what_is_destroyed_while_its_variable_is_in_scope() throws Exception {
        assertThat(divergences("{ A a = new A(); a.close(); T.step(1); } T.step(2);"))
                .containsExactly("EARLY: object 0 (judged.A) is expected to be destroyed after step 1 and before step 2"
                        + " (1 steps executed), but was after the start and before step 1 (0 steps executed)");
    }

    @Test
    void should_call_late_what_is_destroyed_a_statement_after_its_scope() throws Exception {
        assertThat(divergences(
                        "A b; { A a = new A(); b = a; T.step(1); } b = null; T.step(2); kept = new A(); T.step(3);"))
                .hasSize(1);
        assertThat(divergences("""
                int[] late = {0};
                { A a = new A(); T.step(1); late[0] = a.id; }
                T.step(2);
                T.destroyed(late[0]);
                T.step(3);
                """))
                .containsExactly("LATE: object 0 (judged.A) is expected to be destroyed after step 1 and before step 2"
                        + " (1 steps executed), but was after step 2 and before step 3 (2 steps executed)");
    }

    @Test
    void should_call_leaked_what_is_never_destroyed() throws Exception {
        assertThat(divergences("{ A a = new A(); T.step(1); } T.step(2);"))
                .containsExactly(
                        "LEAKED: object 0 (judged.A) is expected to be destroyed after step 1 and before step 2"
                                + " (1 steps executed), but never was");
    }

    @Test
    void should_call_early_what_a_static_field_holds_at_the_end() throws Exception {
        assertThat(divergences("kept = new A(); T.step(1); kept.close(); T.step(2);"))
                .containsExactly("EARLY: object 0 (judged.A) is destroyed after step 1 and before step 2"
                        + " (1 steps executed), but a static field leads to it at the end");
    }

    @Test
    void should_see_what_is_destroyed_twice_or_used_after_it_was() throws Exception {
        assertThat(divergences("{ A a = new A(); T.step(1); a.close(); a.close(); } T.step(2);"))
                .singleElement()
                .asString()
                .startsWith("TWICE: object 0 is destroyed again after step 1");
        assertThat(divergences("{ A a = new A(); T.step(1); a.close(); a.touch(); } T.step(2);"))
                .singleElement()
                .asString()
                .startsWith("USED_AFTER: object 0 is used after step 1");
    }

    @Test
    void should_see_a_run_that_takes_another_way() {
        assertThat(Judge.behaviour(List.of("step 1", "note 2"), List.of("step 1", "note 3")))
                .extracting(Divergence::sentence)
                .isEqualTo("event 1 of the run is expected to be \"note 2\", but was \"note 3\"");
        assertThat(Judge.behaviour(List.of("step 1", "step 2"), List.of("step 1")))
                .isNotNull();
    }

    @Test
    void should_accept_what_goes_as_expected_and_refuse_each_object_that_goes_a_step_earlier_or_later()
            throws Exception {
        try (Compiler compiler = new Compiler()) {
            for (long seed = 1; seed <= 20; seed++) {
                Interpreter.Expected expected = compiler.compile(Generator.program(seed, Stage.of("ABCDEF")))
                        .interpreter()
                        .execute("Main");
                assertThat(Judge.judge(expected, replay(expected, -1, 0))).isEmpty();
                expected.fates().forEach((id, fate) -> {
                    if (fate.end() == Fate.End.DESTROYED) {
                        assertThat(Judge.judge(expected, replay(expected, id, 1)))
                                .extracting(Divergence::kind)
                                .containsExactly(Divergence.Kind.LATE);
                    }
                    if (fate.end() == Fate.End.DESTROYED && fate.earliest() > 0) {
                        assertThat(Judge.judge(expected, replay(expected, id, -1)))
                                .extracting(Divergence::kind)
                                .contains(Divergence.Kind.EARLY);
                    }
                });
            }
        }
    }

    /** A run in which all objects are destroyed in time but one, which is so many steps off. */
    private static Run replay(Interpreter.Expected expected, int wrong, int off) {
        Run run = new Run();
        int steps = 0;
        for (String event : expected.run().trace()) {
            int number = Integer.parseInt(event.substring(event.indexOf(' ') + 1));
            if (event.startsWith("step")) {
                destroy(run, expected.fates(), steps++, wrong, off);
                run.step(number);
            } else if (event.startsWith("use")) {
                run.use(number);
            } else {
                run.note(number);
            }
        }
        destroy(run, expected.fates(), steps, wrong, off);
        return run;
    }

    private static void destroy(Run run, Map<Integer, Fate> fates, int steps, int wrong, int off) {
        fates.forEach((id, fate) -> {
            int when = id == wrong ? (off > 0 ? fate.latest() : fate.earliest()) + off : fate.latest();
            if (fate.end() == Fate.End.DESTROYED && when == steps) {
                run.destroyed(id);
            }
        });
    }
}
