// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.heldby.Behaviour;
import dev.heldby.complaint.Complaints;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the plugin's description says of single statements, and what a port has to do better. */
class CountedBehavioursTest {
    @Test
    @Behaviour("GR-21")
    void should_keep_the_count_when_one_name_is_assigned_to_another_of_the_same_object() throws Throwable {
        assertThat(Program.run("""
                static Foo q;
                public static void run() { Foo p = new Foo("a"); q = p; p = q; say(count(p)); q = null; say(count(p)); }
                """)).containsExactly("2", "1", "-a");
    }

    @Test
    @Behaviour("GR-22")
    void should_release_at_the_statement_that_clears_the_last_holder() throws Throwable {
        assertThat(Program.run("""
                public static void run() { Foo p = new Foo("a"); say("1"); p = null; say("2"); }
                """)).containsExactly("1", "-a", "2");
    }

    @Test
    @Behaviour(value = "GR-23", choice = "What the fields hold goes with the object, whatever its destructor does.")
    void should_release_what_a_field_referred_to_when_it_is_overwritten() throws Throwable {
        assertThat(Program.run("""
                public static void run() {
                    Foo p = new Foo("p", new Foo("1"));
                    p.next = new Foo("2");
                    say("overwritten");
                    p = null;
                    say("gone");
                }
                """)).containsExactly("-1", "overwritten", "-p", "-2", "gone");
    }

    @Test
    @Behaviour("GR-24")
    void should_release_each_holder_once_however_its_scope_is_left() throws Throwable {
        assertThat(Program.run("""
                static int leave(int how) {
                    Foo outer = new Foo("outer" + how);
                    for (int i = 0; i < 2; i++) {
                        Foo inner = new Foo("inner" + how);
                        if (how == 0) return 1;
                        if (how == 1) break;
                        if (how == 2 && i == 0) continue;
                        if (how == 3) throw new IllegalStateException();
                    }
                    return 2;
                }
                public static void run() {
                    for (int how = 0; how < 4; how++) {
                        try { leave(how); } catch (IllegalStateException e) { say("caught"); }
                        say("left");
                    }
                }
                """))
                .containsExactly(
                        "-inner0", "-outer0", "left", "-inner1", "-outer1", "left", "-inner2", "-inner2", "-outer2",
                        "left", "-inner3", "-outer3", "caught", "left");
    }

    @Test
    @Behaviour("GR-25")
    void should_release_the_holder_of_a_body_in_each_iteration() throws Throwable {
        assertThat(Program.run("""
                public static void run() { int i = 0; while (i < 3) { Foo f = new Foo("" + i++); say(i); } }
                """)).containsExactly("1", "-0", "2", "-1", "3", "-2");
    }

    @Test
    @Behaviour("GR-26")
    void should_balance_calls_within_calls() throws Throwable {
        assertThat(Program.run("""
                static Foo pick(Foo a, Foo b) { return a; }
                public static void run() {
                    Foo p = new Foo("p");
                    pick(pick(p, new Foo("x")), p.self().self());
                    say(count(p));
                }
                """)).containsExactly("-x", "1", "-p");
    }

    @Test
    @Behaviour(value = "GR-27", choice = "As a port should: it is released at the end of the statement.")
    void should_release_the_discarded_result_of_a_constructor() throws Throwable {
        assertThat(Program.run("""
                public static void run() { new Foo("a"); say("end"); }
                """)).containsExactly("-a", "end");
    }

    @Test
    @Behaviour(value = "GR-28", choice = "As a port should: whoever returns it hands over the reference.")
    void should_hand_a_returned_local_to_the_caller() throws Throwable {
        assertThat(Program.run("""
                static Foo make() { Foo f = new Foo("a"); return f; }
                public static void run() { Foo p = make(); say(count(p)); }
                """)).containsExactly("1", "-a");
    }

    @Test
    @Behaviour(
            value = "GR-29",
            choice = "As a port should: the caller's reference to the argument ends after the assignment.")
    void should_hold_an_argument_until_the_result_is_stored() throws Throwable {
        assertThat(Program.run("""
                static Foo id(Foo f) { return f; }
                public static void run() { Foo p = new Foo("a"); p = id(p); say(count(p)); }
                """)).containsExactly("1", "-a");
    }

    @Test
    @Behaviour(
            value = {"GR-30", "GR-31"},
            choice = "The caller's own reference is not counted among those left.")
    void should_tell_of_references_left_and_of_a_release_after_the_end() throws Throwable {
        List<String> complaints = new ArrayList<>();
        Runnable end = Complaints.ofProcess().listen(complaint -> complaints.add(complaint.text()));
        List<String> said;
        try {
            said = Program.run("""
                    static Foo kept, other;
                    public static void run() {
                        Foo p = new Foo("a");
                        kept = p;
                        other = p;
                        CountedTypes.free(p);
                        say("freed");
                        CountedTypes.release(p);
                        kept = null;
                        other = null;
                        say("end");
                    }
                    """);
        } finally {
            end.run();
        }

        assertThat(said).containsExactly("-a", "freed", "end");
        assertThat(complaints).hasSize(2);
        assertThat(complaints.get(0))
                .matches("(?s)The counted object Program\\$Foo@\\w+, made at Program\\.run:\\d+, was freed with "
                        + "2 references left beside the caller's\\.\nFreed at:\n     Program\\.run.*");
        assertThat(complaints.get(1))
                .matches("(?s)release\\(\\) was called for the counted object Program\\$Foo@\\w+, made at "
                        + "Program\\.run:\\d+, which is destroyed already; it is ignored\\.\nReleased at:\n"
                        + "     Program\\.run.*Destroyed at:\n.*");
    }

    @Test
    @Behaviour(value = "GR-32", choice = "The cycle is found while the program runs, with the way around it.")
    void should_find_a_cycle_and_destroy_it_when_it_is_broken() throws Throwable {
        assertThat(Program.run("""
                static long left() { return CountedTypes.allocated() - CountedTypes.destroyed(); }
                public static void run() {
                    long before = left();
                    Foo held = new Foo("held");
                    {
                        Foo self = new Foo("self");
                        self.next = self;
                        self.any = new Foo("hung on");
                        Foo a = new Foo("a");
                        a.next = new Foo("b");
                        a.next.any = new Object[] {a};
                    }
                    say(left() - before);
                    for (String cycle : CountedTypes.cycles()) say(cycle);
                    {
                        Foo broken = new Foo("broken");
                        broken.next = broken;
                        broken.next = null;
                    }
                    say(CountedTypes.cycles().size());
                }
                """))
                .containsExactly(
                        "5", "Foo.any -> Object[].[0] -> Foo.next -> Foo", "Foo.next -> Foo", "-broken", "2", "-held");
    }

    @Test
    @Behaviour("GR-33")
    void should_refuse_markers_that_make_no_sense() {
        MisuseException misuse =
                catchThrowableOfType(MisuseException.class, () -> CountedWeaver.weave(Source.compile("Wrong", """
                        import dev.heldby.counted.*;
                        class Wrong {
                            @Counted interface Shape { void close(); }
                            @Counted static class Silent { }
                            @Counted(destructor = "free") static class Taking {
                                void free(int how) { }
                            }
                            @Counted(destructor = "end") static class Static {
                                static void end() {
                                    System.gc();
                                }
                            }
                            @Counted(retain = "take") static class Half { void take() { } }
                            @Counted(release = "give") static class Other { void give() { } }
                            @Counted(retain = "take", release = "give") static class Whole {
                                void take(int how) { throw new IllegalStateException(); }
                            }
                            @Counted static class Good { void close() { } @Weak int number; @Uncounted String text; }
                        }
                        """)));

        assertThat(misuse.misuses())
                .containsExactly(
                        "The field Wrong$Good.number is marked @Weak, but can hold nothing that is counted.",
                        "The field Wrong$Good.text is marked @Uncounted, but can hold nothing that is counted.",
                        "The counted type Wrong$Half names the method that takes a reference, but none that gives it back; name both with "
                                + "@Counted(retain = \"...\", release = \"...\").",
                        "The counted type Wrong$Other names the method that gives a reference back, but none that takes one; name both with "
                                + "@Counted(retain = \"...\", release = \"...\").",
                        "The interface Wrong$Shape is marked @Counted; mark the classes that implement it.",
                        "The counted type Wrong$Silent has no method close(); declare its destructor, or name another with "
                                + "@Counted(destructor = \"...\").",
                        "The destructor Wrong$Static.end (Wrong.java:10) must be an instance method without parameters that returns nothing.",
                        "The destructor Wrong$Taking.free (Wrong.java:6) must be an instance method without parameters that returns nothing.",
                        "The retain method Wrong$Whole.take (Wrong.java:16) must be an instance method without parameters that returns nothing.",
                        "The counted type Wrong$Whole has no method give(); declare its release method, or name another with "
                                + "@Counted(release = \"...\").");
    }

    @Test
    void should_tell_of_a_call_of_an_object_that_is_destroyed() throws Throwable {
        List<String> complaints = new ArrayList<>();
        Runnable end = Complaints.ofProcess().listen(complaint -> complaints.add(complaint.text()));
        try {
            Program.run("""
                    @Counted static class Bar { int number() { return 1; } void close() { } }
                    public static void run() { Bar p = new Bar(); p.number(); CountedTypes.free(p); say(p.number()); }
                    """);
        } finally {
            end.run();
        }

        assertThat(complaints).hasSize(1);
        assertThat(complaints.get(0))
                .contains(
                        "made at Program.run:16, was used after it had been destroyed.\nUsed at:\n     Program$Bar.number",
                        "\nDestroyed at:\n");
    }

    @Test
    @Behaviour("GR-34")
    void should_do_nothing_for_null() throws Throwable {
        assertThat(Program.run("""
                static Foo none;
                static Foo id(Foo f) { return f; }
                public static void run() {
                    Foo p = null; Foo q = p; none = q; none = id(none);
                    Foo[] array = new Foo[2]; array[0] = q; Foo r = array[1];
                    System.arraycopy(array, 0, array, 1, 1);
                    Runnable function = () -> say(q);
                    function.run();
                    CountedTypes.retain(null); CountedTypes.release(null);
                    say(count(new Object()));
                }
                """)).containsExactly("null", "0");
    }

    @Test
    @Behaviour(
            value = "GR-35",
            choice = "An object that is left is a finding like any other, once the collector takes it.")
    void should_count_as_many_destroyed_as_allocated() throws Throwable {
        assertThat(Program.run("""
                static long left() { return CountedTypes.allocated() - CountedTypes.destroyed(); }
                public static void run() {
                    long before = left();
                    { Foo a = new Foo("a", new Foo("b")); say(left() - before); }
                    say(left() - before);
                }
                """)).containsExactly("2", "-a", "-b", "0");
    }
}
