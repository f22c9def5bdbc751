// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Behaviour;
import dev.heldby.counted.CountedTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The twenty programs of the GCC plugin's own tests, translated. */
class ReftrackProgramsTest {
    private static final String LENT_BY_CALLER =
            "A caller holds what it passes, so that a call alone adds nothing to the count.";
    private static final String BORROWED = "A name that another outlives adds nothing to the count.";

    private long left;

    private static long living() {
        return CountedTypes.allocated() - CountedTypes.destroyed();
    }

    @BeforeEach
    void count() {
        left = living();
    }

    @AfterEach
    void should_leave_nothing() {
        assertThat(living()).isEqualTo(left);
    }

    @Test
    @Behaviour("GR-1")
    void should_destroy_once_when_there_were_two_names() throws Throwable {
        assertThat(Program.run("""
                static void print(Foo f) { say(f.name); }
                public static void run() { Foo p = new Foo("123"); Foo alias = p; print(alias); }
                """)).containsExactly("123", "-123");
    }

    @Test
    @Behaviour("GR-2")
    void should_release_through_an_alias_of_the_variable() throws Throwable {
        assertThat(Program.run("""
                public static void run() {
                    Foo[] pp = {new Foo("first")};
                    Foo p = pp[0];
                    say(count(p));
                    p = null;
                    pp[0] = new Foo("second");
                    say("replaced");
                }
                """)).containsExactly("2", "-first", "replaced", "-second");
    }

    @Test
    @Behaviour("GR-3")
    void should_count_nothing_when_a_variable_is_assigned_to_itself() throws Throwable {
        assertThat(Program.run("""
                public static void run() { Foo rp = new Foo("a"); rp = rp; say(count(rp)); }
                """)).containsExactly("1", "-a");
    }

    @Test
    @Behaviour(value = "GR-4", choice = LENT_BY_CALLER + " " + BORROWED)
    void should_keep_the_count_through_blocks_identities_and_casts() throws Throwable {
        assertThat(Program.run("""
                static Foo id(Foo f) { return f; }
                static void foo(Foo f) { Foo g = f; { Foo h = g; h = h; say(count(h)); } }
                public static void run() {
                    Foo a = new Foo("a");
                    Foo b = id(a);
                    Object cast = (Object) b;
                    foo(b);
                    Foo c = (Foo) cast;
                    cast = null;
                    say(count(c));
                    b = new Foo("b");
                    say(count(a));
                }
                """)).containsExactly("2", "3", "2", "-b", "-a");
    }

    @Test
    @Behaviour(
            value = "GR-5",
            choice =
                    "A holder that is passed on is one object with two references, and not copied, so that what it holds is counted once.")
    void should_release_a_blocks_object_at_its_end_and_a_statics_when_it_is_cleared() throws Throwable {
        assertThat(Program.run("""
                static Foo spr, gpr;
                static final class Pair { final Foo p, r; Pair(Foo p, Foo r) { this.p = p; this.r = r; } }
                static Pair through(Pair pair) { if (pair.p == null) return null; return pair; }
                static void work() {
                    Foo r = new Foo("R");
                    spr = r; gpr = r;
                    { Foo p = new Foo("P"); Pair pair = through(new Pair(p, r)); if (pair.r != null) { say("before"); } }
                    say("after the block");
                    return;
                }
                public static void run() { work(); say(count(gpr)); /* both, and that of the call */ spr = null; say("one left"); gpr = null; say("end"); }
                """)).containsExactly("before", "-P", "after the block", "3", "one left", "-R", "end");
    }

    @Test
    @Behaviour(value = "GR-6", choice = LENT_BY_CALLER)
    void should_balance_calls_whose_result_is_kept_or_discarded() throws Throwable {
        assertThat(Program.run("""
                static Foo odd(Foo f, int i) { say(count(f)); return i % 2 == 1 ? f : null; }
                public static void run() { Foo rp = new Foo("a"); Foo tmp = odd(rp, 1); odd(rp, 2); say(count(rp)); }
                """)).containsExactly("1", "2", "2", "-a");
    }

    @Test
    @Behaviour("GR-7")
    void should_count_statics_that_are_chained() throws Throwable {
        assertThat(Program.run("""
                static Foo one, two;
                public static void run() {
                    Foo rp = new Foo("a");
                    one = two = rp;
                    say(count(rp));
                    one = null;
                    two = null;
                    say(count(rp));
                }
                """)).containsExactly("3", "1", "-a");
    }

    @Test
    @Behaviour(value = "GR-8", choice = "The elements of an array count, and go with it.")
    void should_count_the_elements_of_an_array() throws Throwable {
        assertThat(Program.run("""
                public static void run() {
                    Foo rp = new Foo("a");
                    Foo[] array = new Foo[4];
                    for (int i = 0; i < 4; i++) array[i] = rp;
                    Foo rp3 = array[3];
                    say(count(rp));
                    array = null;
                    say(count(rp));
                }
                """)).containsExactly("6", "2", "-a");
    }

    @Test
    @Behaviour(value = "GR-9", choice = "No reference has to be taken or given back by hand.")
    void should_destroy_the_objects_of_an_array_with_it() throws Throwable {
        assertThat(Program.run("""
                public static void run() {
                    { Foo[] three = new Foo[3]; for (int i = 0; i < 3; i++) three[i] = new Foo("" + i); say(count(three[1])); }
                    say("end");
                }
                """)).containsExactly("2", "-0", "-1", "-2", "end");
    }

    @Test
    @Behaviour(
            value = "GR-10",
            choice = "What an object's fields hold goes with it, after its destructor, and needs no code there.")
    void should_destroy_the_holder_and_then_what_it_held() throws Throwable {
        assertThat(Program.run("""
                static Foo fill(Foo b) {
                    if (b.next != null) return null;
                    b.next = new Foo("A");
                    say(count(b.next) - 1);
                    return b;
                }
                public static void run() { Foo b = new Foo("B"); Foo same = fill(b); say(count(b)); say(fill(b)); }
                """)).containsExactly("1", "2", "null", "-B", "-A");
    }

    @Test
    @Behaviour("GR-11")
    void should_destroy_a_loops_objects_at_the_end_of_each_iteration() throws Throwable {
        assertThat(Program.run("""
                public static void run() {
                    for (int i = 0; i < 2; i++) { Foo a = new Foo("a" + i); Foo b = new Foo("b" + i); say(count(a) + count(b)); }
                }
                """)).containsExactly("2", "-b0", "-a0", "2", "-b1", "-a1");
    }

    @Test
    @Behaviour("GR-12")
    void should_balance_identities_that_are_nested_or_discarded() throws Throwable {
        assertThat(Program.run("""
                static Foo id(Foo f) { return f; }
                public static void run() {
                    Foo rp = new Foo("a");
                    rp = new Foo("b");
                    say("After");
                    Foo other = id(id(rp));
                    id(id(rp));
                    say(count(rp));
                }
                """)).containsExactly("-a", "After", "2", "-b");
    }

    @Test
    @Behaviour("GR-13")
    void should_count_one_more_for_the_result_of_nested_identities() throws Throwable {
        assertThat(Program.run("""
                static Foo id(Foo f) { return f; }
                public static void run() { Foo p = new Foo("a"); Foo rp = id(id(p)); say(count(p)); }
                """)).containsExactly("2", "-a");
    }

    @Test
    @Behaviour(
            value = "GR-14",
            choice = "What is freed goes one object after the other, in the order of the list. " + BORROWED)
    void should_destroy_a_list_when_its_cycle_is_broken() throws Throwable {
        assertThat(Program.run("""
                public static void run() {
                    Foo head = null, tail = null;
                    for (int i = 1; i <= 5; i++) {
                        Foo np = new Foo(i + "00");
                        if (head == null) head = np; else tail.next = np;
                        tail = np;
                        say(count(np));
                    }
                    tail.next = head;
                    say(count(head));
                    head.next = null;
                    say("broken");
                }
                """))
                .containsExactly("3", "3", "3", "3", "3", "3", "-200", "-300", "-400", "broken", "-500", "-100");
    }

    @Test
    @Behaviour(
            value = "GR-15",
            choice = "No object moves; what grows is an array, and the counts of what it holds survive.")
    void should_keep_the_counts_when_an_array_is_made_longer() throws Throwable {
        assertThat(Program.run("""
                static Foo[] grow(Foo[] array, int times) { return Arrays.copyOf(array, array.length * times); }
                public static void run() {
                    Foo[] array = {new Foo("a"), new Foo("b")};
                    array = grow(array, 2);
                    array = grow(array, 1000);
                    say(count(array[0]) - 1);
                }
                """)).containsExactly("1", "-a", "-b");
    }

    @Test
    @Behaviour(value = "GR-16", choice = "An array is made as it always is; it has a count itself.")
    void should_count_an_array_of_ten() throws Throwable {
        assertThat(Program.run("""
                public static void run() { Foo[] ten = new Foo[10]; say(count(ten)); ten[9] = new Foo("a"); }
                """)).containsExactly("1", "-a");
    }

    @Test
    @Behaviour(value = "GR-17", choice = "The table is the program's own, and counts without a line of code for it.")
    void should_count_what_a_hash_table_holds() throws Throwable {
        assertThat(Program.run("""
                static final class Entry { final int key; final Foo value; Entry next; Entry(int k, Foo v, Entry n) { key = k; value = v; next = n; } }
                static final class Table {
                    private final Entry[] buckets = new Entry[8];
                    void put(int key, Foo value) { buckets[key % 8] = new Entry(key, value, buckets[key % 8]); }
                    Foo get(int key) { for (Entry e = buckets[key % 8]; e != null; e = e.next) if (e.key == key) return e.value; return null; }
                    void remove(int key) {
                        Entry before = null;
                        for (Entry e = buckets[key % 8]; e != null; before = e, e = e.next) {
                            if (e.key == key) { if (before == null) buckets[key % 8] = e.next; else before.next = e.next; return; }
                        }
                    }
                }
                public static void run() {
                    Table table = new Table();
                    for (int i = 0; i < 30; i++) { table.put(i, new Foo("" + i)); }
                    Foo found = table.get(29);
                    say(count(found));
                    for (int i = 0; i < 30; i++) { table.remove(i); }
                    say(count(found));
                }
                """)).hasSize(32).startsWith("2", "-0", "-1").endsWith("-28", "1", "-29");
    }

    @Test
    @Behaviour(value = "GR-18", choice = BORROWED)
    void should_hold_what_blocks_share_to_the_end_of_the_last() throws Throwable {
        assertThat(Program.run("""
                public static void run() {
                    Foo p = new Foo("P");
                    { Foo q = p; q.next = new Foo("R"); { Foo s = q; say(count(s)); } say(count(p)); }
                    say(count(p));
                }
                """)).containsExactly("1", "1", "1", "-P", "-R");
    }

    @Test
    @Behaviour("GR-19")
    void should_balance_one_object_passed_twice() throws Throwable {
        assertThat(Program.run("""
                static Foo add(Foo a, Foo b) { say(a.name.length() + b.name.length()); return b; }
                public static void run() { Foo rp = new Foo("ab"); Foo sum = add(rp, rp); say(count(rp)); }
                """)).containsExactly("4", "2", "-ab");
    }

    @Test
    @Behaviour(value = "GR-20", choice = "Whoever returns an object hands it over, so that a builder leaks nothing.")
    void should_leak_nothing_when_another_class_builds_the_objects() throws Throwable {
        assertThat(Program.run("""
                public static void run() { Foo a = Builder.build("a"); Builder.build("b"); say(count(a)); }
                }
                class Builder {
                    static Program.Foo build(String name) { Program.Foo foo = new Program.Foo(name); foo.any = name; return foo; }
                """)).containsExactly("-b", "1", "-a");
    }
}
