// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.counted.CountedTypes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

/** Runs small woven programs, and looks at what they say. */
class CountedWeaverTest {
    private static final String HEAD = """
            import dev.heldby.counted.*;
            import java.util.function.*;
            public class Program {
                static void say(Object line) { dev.heldby.weave.counted.Said.say("" + line); }
                static int count(Object o) { return CountedTypes.references(o); }
                @Counted public static class Foo {
                    final String name; Foo next; Object any;
                    Foo(String name) { this.name = name; }
                    Foo(String name, Foo next) { this(name); this.next = next; }
                    public void close() { say("-" + name); }
                    @Override public String toString() { return name; }
                }
            """;

    private static List<String> run(String body) throws Exception {
        Said.lines();
        Map<String, byte[]> woven = CountedWeaver.weave(Source.compile("Program", HEAD + body + "\n}"));
        for (byte[] file : woven.values()) {
            StringWriter errors = new StringWriter();
            CheckClassAdapter.verify(new ClassReader(file), Source.loader(woven), false, new PrintWriter(errors));
            assertThat(errors.toString()).isEmpty();
        }
        Class<?> program = Source.loader(woven).loadClass("Program");
        program.getMethod("run").invoke(null);
        return Said.lines();
    }

    @Test
    void should_destroy_at_the_end_of_the_scope() throws Exception {
        assertThat(run("""
                public static void run() {
                    say("begin");
                    { Foo a = new Foo("a"); say("in " + count(a)); Foo b = a; say("two " + count(a)); }
                    say("end");
                }
                """)).containsExactly("begin", "in 1", "two 2", "-a", "end");
    }

    @Test
    void should_hand_over_what_is_returned() throws Exception {
        assertThat(run("""
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
    void should_count_fields_statics_arrays_and_carriers() throws Exception {
        assertThat(run("""
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
                """)).containsExactly("-g", "1", "j", "-j", "2", "-k", "3", "-l", "4 3", "-m", "5", "-h", "-i");
    }

    @Test
    void should_release_everything_when_an_exception_passes() throws Exception {
        assertThat(run("""
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
    void should_count_what_lambdas_capture() throws Exception {
        assertThat(run("""
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
                """)).containsExactly("2", "a", "1", "b", "2", "1", "s", "-s", "end", "-a", "-b");
    }

    @Test
    void should_leave_no_object_undestroyed() throws Exception {
        long before = CountedTypes.allocated() - CountedTypes.destroyed();
        run("""
                public static void run() { Foo a = new Foo("a", new Foo("b")); a.any = new Object[] {new Foo("c")}; }
                """);
        assertThat(CountedTypes.allocated() - CountedTypes.destroyed()).isEqualTo(before);
    }
}
