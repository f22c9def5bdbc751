// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Programs small enough that it can be said by hand when each of their objects has to go. */
class InterpreterTest {
    private static final Compiler COMPILER = new Compiler();

    private static final String A = """
            @Counted class A {
                final int id = T.id();
                A next;
                Object any;
                A() {}
                A(A next) { this.next = next; }
                int touch() { T.use(id); return id; }
                public void close() { T.destroyed(id); }
            }
            """;

    @AfterAll
    static void close() throws IOException {
        COMPILER.close();
    }

    /** Expects, in the order of their making: the last step before each object has to go, or what else becomes of it. */
    private static void expect(String members, String expected) {
        Compiled compiled = COMPILER.compile(Program.of("hand", A + "class Main {\n" + members + "\n}\n"));
        Interpreter.Expected result = compiled.interpreter().execute("Main");
        assertThat(Fates.text(result)).isEqualTo(expected);
    }

    private static void expectMain(String statements, String expected) {
        expect("static void main() {\n" + statements + "\n}", expected);
    }

    @Test
    void should_hold_a_local_variable_to_the_end_of_its_block_and_not_to_its_last_use() {
        expectMain("{ A a = new A(); T.step(1); T.step(2); } T.step(3);", "2");
    }

    @Test
    void should_let_go_what_a_variable_held_when_it_is_assigned_anew() {
        expectMain("A a = new A(); T.step(1); a = new A(); T.step(2); a = null; T.step(3);", "1, 2");
    }

    @Test
    void should_hold_on_when_a_variable_is_assigned_to_itself() {
        expectMain("A a = new A(); T.step(1); a = a; T.step(2);", "2");
    }

    @Test
    void should_let_go_what_only_an_unreachable_object_holds() {
        expectMain(
                "A a = new A(new A()); T.step(1); A b = a.next; T.step(2); a = null; T.step(3); b = null; T.step(4);",
                "3, 2");
    }

    @Test
    void should_let_go_a_discarded_result_at_the_end_of_the_statement_at_the_latest() {
        expect("""
                static int two(int x, int y) { T.step(2); return x; }
                static int three() { T.step(3); return 0; }
                static void main() { T.step(1); two(new A().touch(), three()); T.step(4); }
                """, "1 or 3 or 2");
    }

    @Test
    void should_hold_an_argument_as_a_parameter_until_the_method_ends() {
        expect("""
                static void f(A p) { T.step(2); T.step(3); }
                static void main() { T.step(1); f(new A()); T.step(4); }
                """, "3");
    }

    @Test
    void should_let_go_an_argument_when_the_parameter_is_assigned_or_when_the_callers_statement_ends() {
        expect("""
                static void f(A p) { T.step(2); p = null; T.step(3); }
                static void main() { T.step(1); f(new A()); T.step(4); }
                """, "2 or 3");
    }

    @Test
    void should_hand_over_a_local_variable_that_is_returned() {
        expect("""
                static A id(A p) { T.step(2); return p; }
                static void main() { T.step(1); A p = id(id(new A())); T.step(3); p = id(p); T.step(4); p = null; T.step(5); }
                """, "4");
    }

    @Test
    void should_let_go_a_loops_variables_at_the_end_of_each_iteration() {
        expect("""
                static boolean again(int i) { T.step(2); return i < 2; }
                static void main() {
                    for (int i = 0; again(i); i++) { A a = new A(); T.step(3); }
                    T.step(4);
                }
                """, "3, 3 (2)");
    }

    @Test
    void should_let_go_all_scopes_that_a_jump_leaves() {
        expectMain("""
                outer:
                while (true) {
                    A a = new A();
                    T.step(1);
                    while (true) {
                        A b = new A();
                        T.step(2);
                        if (b.id > 2) { break outer; }
                        T.step(3);
                        continue outer;
                    }
                }
                T.step(4);
                """, "3, 3, 2 (2), 2 (2)");
    }

    @Test
    void should_let_go_what_a_switch_declares_when_it_ends() {
        expectMain("""
                String s = "b";
                switch (s) {
                    case "a": T.step(1);
                    case "b": A a = new A(); T.step(2); break;
                    default: T.step(3);
                }
                T.step(4);
                A b = switch (s) { case "b" -> { A c = new A(); T.step(5); yield new A(c); } default -> null; };
                T.step(6);
                b = null;
                T.step(7);
                """, "2, 6, 6");
    }

    @Test
    void should_leave_alive_what_a_static_field_leads_to() {
        expect(
                "static A kept; static void main() { kept = new A(new A()); T.step(1); kept.next = null; T.step(2); }",
                "1, alive");
    }

    @Test
    void should_let_go_all_scopes_that_an_exception_leaves_before_it_is_caught() {
        expect("""
                static void f(A p) { A q = new A(); T.step(2); throw new IllegalStateException(); }
                static void main() {
                    try { A a = new A(); T.step(1); f(new A()); T.step(3); } catch (RuntimeException e) { T.step(4); }
                    T.step(5);
                }
                """, "2, 2, 2");
    }

    @Test
    void should_hold_what_an_exception_carries_while_it_is_in_flight_or_caught() {
        expect("""
                static class E extends RuntimeException { final A a; E(A a) { this.a = a; } }
                static void f() { try { T.step(1); throw new E(new A()); } finally { T.step(2); } }
                static void main() { try { f(); } catch (E e) { T.step(3); } T.step(4); }
                """, "3");
    }

    @Test
    void should_let_go_an_exception_that_is_sure_to_be_discarded_when_the_finally_block_begins_or_ends() {
        expect("""
                static class E extends RuntimeException { final A a; E(A a) { this.a = a; } }
                static int f() { try { T.step(1); throw new E(new A()); } finally { T.step(2); T.step(3); return 0; } }
                static void main() { f(); T.step(4); }
                """, "1 or 2 or 3");
        expect("""
                static class E extends RuntimeException { final A a; E(A a) { this.a = a; } }
                static int f() {
                    try { T.step(1); throw new E(new A()); }
                    finally { try { T.step(2); } finally { synchronized ("") { T.step(3); return 0; } } }
                }
                static void main() { f(); T.step(4); }
                """, "1 or 2 or 3");
    }

    @Test
    void should_hold_the_result_while_a_finally_block_runs() {
        expect("""
                static A f() { A a = new A(); try { A b = new A(); T.step(1); return new A(); } finally { T.step(2); } }
                static void main() { A c = f(); T.step(3); c = null; T.step(4); }
                """, "2, 1 or 2, 3");
    }

    @Test
    void should_not_destroy_an_object_whose_constructor_throws_but_let_go_what_it_held() {
        expect("""
                static class B extends A { B(A a) { super(a); T.step(1); throw new IllegalStateException(); } }
                static void main() { try { new B(new A()); } catch (IllegalStateException e) { T.step(2); } T.step(3); }
                """, "1, unfinished");
    }

    @Test
    void should_close_a_resource_before_it_lets_it_go() {
        expect("""
                static class R implements AutoCloseable { A a = new A(); public void close() { T.step(2); } }
                static void main() { try (R r = new R()) { T.step(1); } finally { T.step(3); } T.step(4); }
                """, "2");
    }

    @Test
    void should_hold_what_a_pattern_binds_until_its_scope_ends() {
        expectMain("""
                Object o = new A();
                T.step(1);
                if (o instanceof A a) { o = null; T.step(2); }
                T.step(3);
                o = new A();
                if (!(o instanceof A b)) { return; }
                o = null;
                T.step(4);
                """, "2, 4");
    }

    @Test
    void should_hold_what_arrays_and_plain_objects_hold() {
        expect("""
                static class Box<T> { T value; Box(T value) { this.value = value; } }
                record Pair(A left, A right) {}
                static void main() {
                    A[][] all = {{new A()}, {new A(), new A()}};
                    T.step(1);
                    A[] row = all[1].clone();
                    all[1][0] = null;
                    T.step(2);
                    all = null;
                    T.step(3);
                    row = null;
                    T.step(4);
                    Box<Pair> box = new Box<>(new Pair(new A(), null));
                    T.step(5);
                    box.value = null;
                    T.step(6);
                }
                """, "2, 3, 3, 5");
    }

    @Test
    void should_let_go_each_element_when_the_iteration_over_it_or_the_loop_ends() {
        expect("""
                static int sum(A... all) { for (A a : all) { T.step(2); all = null; T.step(3); } return 0; }
                static void main() { T.step(1); sum(new A(), new A()); T.step(4); }
                """, "3 or 2 (2) or 3 (2), 3 (2)");
    }

    @Test
    void should_hold_what_a_lambda_captures_as_long_as_the_lambda() {
        expect("""
                static java.util.function.Supplier<A> kept;
                static void main() {
                    { A a = new A(); T.step(1); kept = () -> a; T.step(2); }
                    T.step(3);
                    kept.get().touch();
                    T.step(4);
                    kept = null;
                    T.step(5);
                }
                """, "4");
    }

    @Test
    void should_hold_variables_and_the_outer_instance_as_long_as_an_inner_object() {
        expect("""
                @Counted static class Outer {
                    final int id = T.id();
                    class Inner { int id() { return Outer.this.id; } }
                    public void close() { T.destroyed(id); }
                }
                static Runnable local() { A a = new A(); class L implements Runnable { public void run() { T.note(a.id); } }
                    T.step(1); return new L(); }
                static void main() {
                    Outer.Inner inner = new Outer().new Inner();
                    Runnable run = local();
                    T.step(2);
                    inner = null;
                    T.step(3);
                    run.run();
                    run = new Runnable() { public void run() { } };
                    T.step(4);
                }
                """, "2, 3");
    }

    @Test
    void should_run_the_destructor_before_the_fields_go() {
        expect("""
                static class B extends A {
                    B(A a) { super(a); }
                    @Override public void close() { T.note(next.id); next.next = null; super.close(); }
                }
                static void main() { A a = new A(); a.next = a; A b = new B(a); a = null; T.step(1); b = null; T.step(2); }
                """, "1, 1");
    }

    @Test
    void should_let_go_what_a_thread_holds_when_it_is_unreachable_or_has_ended() {
        expect("""
                static void main() throws InterruptedException {
                    A a = new A();
                    Thread t = new Thread(new Runnable() { A own = new A(a); public void run() { T.step(2); } });
                    T.step(1);
                    t.start();
                    t.join();
                    T.step(3);
                    t = null;
                    T.step(4);
                }
                """, "4, 2 or 3");
    }

    @Test
    void should_never_expect_a_cycle_nor_what_hangs_on_it_until_it_is_broken() {
        expectMain("""
                A a = new A(); a.next = a; a.any = new A(); T.step(1); a = null; T.step(2);
                A b = new A(new A()); b.next.next = b; T.step(3); b.next.next = null; b = null; T.step(4);
                """, "cycle, cycle, 3, 3");
    }

    @Test
    void should_hold_what_collections_hold() {
        expectMain("""
                java.util.List<A> list = new java.util.ArrayList<>(java.util.List.of(new A(), new A(), new A()));
                T.step(1);
                list.remove(0);
                T.step(2);
                for (java.util.Iterator<A> it = list.iterator(); it.hasNext(); ) {
                    if (it.next().id == 2) { it.remove(); }
                    T.step(3);
                }
                T.step(4);
                java.util.Map<String, java.util.Optional<A>> map = new java.util.HashMap<>();
                map.put("a", java.util.Optional.of(list.get(0)));
                list.clear();
                T.step(5);
                map.put("a", java.util.Optional.empty());
                T.step(6);
                """, "1, 5, 3");
    }
}
