// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Generated programs with weavers that do nothing, or harm. */
class ProgramsTest {
    private static final Programs UNWOVEN = new Programs(classes -> classes);

    @Test
    void should_call_leaked_all_that_has_to_go_when_nothing_is_woven() throws Exception {
        try (Compiler compiler = new Compiler()) {
            for (long seed = 1; seed <= 50; seed++) {
                Program program = Generator.program(seed, Stage.of("ABCDEF"));
                List<Divergence.Kind> kinds = UNWOVEN.divergences(compiler.compile(program)).stream()
                        .map(Divergence::kind)
                        .toList();
                long expected = compiler.compile(program).interpreter().execute("Main").fates().values().stream()
                        .filter(fate -> fate.end() == Fate.End.DESTROYED)
                        .count();
                assertThat(kinds)
                        .allMatch(kind -> kind == Divergence.Kind.LEAKED)
                        .hasSize((int) expected);
            }
        }
    }

    @Test
    void should_call_leaked_all_objects_of_a_race_when_nothing_is_woven() {
        Programs.Summary summary = UNWOVEN.run(1, 20, Races::program);

        assertThat(summary.count(Divergence.Kind.LEAKED)).isEqualTo(20);
        assertThat(summary.failures())
                .allMatch(each -> each.divergences().stream()
                        .allMatch(divergence -> divergence.kind() == Divergence.Kind.LEAKED));
    }

    @Test
    void should_count_weavers_that_throw_and_classes_that_the_jvm_refuses() {
        Programs throwing = new Programs(classes -> {
            throw new IllegalStateException("no");
        });
        Programs breaking = new Programs(ProgramsTest::broken);

        assertThat(throwing.run(1, 3, Races::program)).hasToString(summary("3 weave failures, 0 verify errors"));
        assertThat(breaking.run(1, 3, Races::program)).hasToString(summary("0 weave failures, 3 verify errors"));
    }

    private static String summary(String end) {
        return "3 programs: 0 early, 0 late, 0 leaked, 0 destroyed twice, 0 used after, 0 behave otherwise, 0 hung, "
                + end;
    }

    /** Each class says that it was compiled by a later compiler, for a JVM that there will never be. */
    private static Map<String, byte[]> broken(Map<String, byte[]> classes) {
        Map<String, byte[]> all = new HashMap<>();
        classes.forEach((name, bytes) -> {
            byte[] copy = bytes.clone();
            copy[0] = 0;
            all.put(name, copy);
        });
        return all;
    }

    @Test
    void should_make_a_failing_program_short() throws Exception {
        Program program = Program.of("reduced", """
                class Unused { int count() { return 1; } }
                @Counted class A {
                    final int id = T.id();
                    A next;
                    A(A next) { this.next = next; }
                    A() { this(null); }
                    public void close() { T.destroyed(this.id); }
                }
                class Main {
                    static A make(boolean fresh) { T.step(1); return fresh ? new A(null) : null; }
                    static void main() {
                        int sum = 0;
                        for (int i = 0; i < 3; i++) { sum += i; T.step(2); }
                        if (sum > 2) { A a = make(true); T.note(a.id); T.step(3); } else { T.step(4); }
                        T.step(5);
                    }
                }
                """);
        try (Compiler compiler = new Compiler()) {
            Reducer reducer = new Reducer(
                    compiler,
                    each -> UNWOVEN.divergences(each).stream()
                            .anyMatch(divergence -> divergence.kind() == Divergence.Kind.LEAKED));

            assertThat(reducer.reduce(program).source()).isEqualTo("""
                            package reduced;
                            import dev.heldby.counted.Counted;
                            import dev.heldby.weave.counted.oracle.T;
                            @Counted class A {
                                 int id = T.id();
                                A(A next) {  }
                                 void close() { T.destroyed(this.id); }
                            }
                            class Main {
                                static A make(boolean fresh) {  return new A(null); }
                                static void main() { A a = make(true);   }
                            }
                            """);
        }
    }
}
