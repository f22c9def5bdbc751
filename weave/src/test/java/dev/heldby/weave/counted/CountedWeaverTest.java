// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.counted.CountedTypes;
import org.junit.jupiter.api.Test;

/** Runs small woven programs, and looks at what they say. */
class CountedWeaverTest {
    @Test
    void should_destroy_at_the_end_of_the_scope() throws Throwable {
        assertThat(Program.run("""
                public static void run() {
                    say("begin");
                    { Foo a = new Foo("a"); say("in " + count(a)); Foo b = a; say("two " + count(a)); }
                    say("end");
                }
                """)).containsExactly("begin", "in 1", "two 1", "-a", "end");
    }

    @Test
    void should_hand_over_what_is_returned() throws Throwable {
        assertThat(Program.run("""
                static Foo id(Foo f) { return f; }
                static Foo make(String n) { Foo f = new Foo(n); say("made"); return f; }
                public static void run() {
                    Foo a = make("a");
                    say(count(a));
                    a = id(a);
                    say(count(a));
                    make("b");
                    say("after b");
                    new Foo("c");
                    say("after c");
                    id(id(new Foo("d")));
                    a = null;
                    say("end");
                }
                """))
                .containsExactly("made", "1", "1", "made", "-b", "after b", "-c", "after c", "-d", "-a", "end");
    }

    @Test
    void should_destroy_what_was_passed_to_a_function_of_the_program() throws Throwable {
        assertThat(Program.run("""
                interface Work { Object of(Foo foo); }
                public static void run() {
                    Function<Foo, Foo> none = foo -> null;
                    none.apply(new Foo("a"));
                    Work own = foo -> null;
                    own.of(new Foo("b"));
                    Function<Foo, Foo> bound = Foo::self;
                    bound.apply(new Foo("c"));
                    BiConsumer<Foo, Function<Foo, Foo>> consumer = (foo, function) -> function.apply(foo);
                    consumer.accept(new Foo("d"), none);
                    say("end");
                }
                """)).containsExactly("-a", "-b", "-c", "-d", "end");
    }

    @Test
    void should_give_up_a_variable_where_null_is_returned_or_assigned_instead() throws Throwable {
        assertThat(Program.run("""
                static Object text(Foo foo) { Object f = new Foo("a"); return f instanceof String ? f : null; }
                public static void run() {
                    text(null);
                    Foo b = new Foo("b");
                    b = b.next != null ? b : null;
                    say("end");
                }
                """)).containsExactly("-a", "-b", "end");
    }

    @Test
    void should_hand_over_what_a_constructor_reference_makes() throws Throwable {
        assertThat(Program.run("""
                static class Box<T> { final T value; Box(int ignored, T value) { this.value = value; } }
                interface Maker { Box<Foo> make(int number, Foo foo); Maker MAKER = Box::new; }
                public static void run() {
                    Function<String, Foo> maker = Foo::new;
                    Foo a = maker.apply("a");
                    say(count(a));
                    Maker.MAKER.make(1, new Foo("b"));
                    say("boxed");
                }
                """)).containsExactly("1", "-b", "boxed", "-a");
    }

    @Test
    void should_count_fields_statics_arrays_and_carriers() throws Throwable {
        assertThat(Program.run("""
                static Foo global;
                static class Box<T> { T value; Box(T value) { this.value = value; } T get() { return value; } }
                public static void run() {
                    global = new Foo("g");
                    global = new Foo("h", new Foo("i"));
                    say("1");
                    Box<Foo> box = new Box<>(new Foo("j"));
                    say(box.get().name);
                    box.value = null;
                    say("2");
                    box = new Box<>(new Foo("k"));
                    box = null;
                    say("3");
                    Object[] array = {new Foo("l"), new Foo("m"), "x"};
                    array[0] = array[1];
                    say("4 " + count(array[1]));
                    array = null;
                    say("5");
                    global = null;
                }
                """))
                .containsExactly("-g", "1", "j", "-j", "2", "-k", "3", "-l", "4 3", "-m", "5", "-h", "-i");
    }

    @Test
    void should_release_everything_when_an_exception_passes() throws Throwable {
        assertThat(Program.run("""
                static void thrower(Foo f) { Foo mine = new Foo("t"); if (f != null) throw new IllegalStateException("x"); }
                public static void run() {
                    try {
                        Foo a = new Foo("a");
                        thrower(new Foo("arg"));
                        say("never");
                    } catch (IllegalStateException e) {
                        say("caught");
                    } finally {
                        say("finally");
                    }
                    for (int i = 0; i < 2; i++) { Foo f = new Foo("f" + i); if (i == 0) continue; break; }
                    say("end");
                }
                """)).containsExactly("-t", "-arg", "-a", "caught", "finally", "-f0", "-f1", "end");
    }

    @Test
    void should_count_what_lambdas_capture() throws Throwable {
        assertThat(Program.run("""
                interface Make { Foo make(); }
                static Runnable kept;
                public static void run() {
                    Foo a = new Foo("a");
                    Make m = () -> a;
                    say(count(a));
                    say(m.make().name);
                    m = null;
                    say(count(a));
                    Foo b = new Foo("b");
                    kept = () -> say(b.name);
                    kept.run();
                    say(count(b));
                    kept = null;
                    say(count(b));
                    Supplier<Foo> s = () -> new Foo("s");
                    say(s.get().name);
                    say("end");
                }
                """)).containsExactly("2", "a", "1", "b", "2", "1", "s", "-s", "end", "-b", "-a");
    }

    @Test
    void should_leave_no_object_undestroyed() throws Throwable {
        long before = CountedTypes.allocated() - CountedTypes.destroyed();
        Program.run("""
                public static void run() { Foo a = new Foo("a", new Foo("b")); a.any = new Object[] {new Foo("c")}; }
                """);
        assertThat(CountedTypes.allocated() - CountedTypes.destroyed()).isEqualTo(before);
    }
}
