// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Counted types that count themselves, and results that nobody else holds. */
class OwnCountTest {
    private static final String BUFFER = """
            @Counted(retain = "take", release = "give") static class Buffer {
                final String name; int own = 1;
                Buffer(String name) { this.name = name; }
                void take() { own++; }
                void give() { if (--own == 0) say("-" + name); }
                int own() { return own; }
            }
            static final class Large extends Buffer {
                Large() { super("large"); }
                @Override void take() { super.take(); say("taken"); }
            }
            """;

    @Test
    void should_keep_the_count_that_the_object_has() throws Throwable {
        assertThat(Program.run(BUFFER + """
                static Buffer kept;
                public static void run() {
                    Buffer a = new Buffer("a");
                    say(a.own());
                    kept = a;
                    List<Buffer> all = new ArrayList<>(List.of(a));
                    say(a.own() + " " + count(a));
                    kept = null;
                    all.clear();
                    say(a.own() + " " + count(a));
                    a = null;
                    kept = new Large();
                    Buffer large = kept;
                    kept = null;
                    say("end");
                }
                """))
                .contains("1", "3 3", "1 1", "-a")
                .containsSubsequence("-a", "taken", "end", "-large");
    }

    @Test
    void should_go_on_when_a_method_of_the_count_throws() throws Throwable {
        assertThat(Program.run("""
                @Counted(retain = "take", release = "give") static class Buffer {
                    void take() { throw new IllegalStateException("no"); }
                    void give() { throw new IllegalStateException("no"); }
                }
                static Buffer kept;
                public static void run() { kept = new Buffer(); Buffer a = kept; kept = null; say("end"); }
                """)).containsExactly("end");
    }

    @Test
    void should_take_over_the_reference_of_a_marked_result() throws Throwable {
        assertThat(Program.run("""
                @Owned @Uncounted static Foo make(String name) { return new Foo(name); }
                @Owned static Foo woven(String name) { return new Foo(name); }
                public static void run() {
                    Foo a = make("a");
                    Foo b = woven("b");
                    say(count(a) + " " + count(b));
                    make("c");
                    say("end");
                }
                """)).containsExactly("1 1", "-c", "end", "-b", "-a");
    }
}
