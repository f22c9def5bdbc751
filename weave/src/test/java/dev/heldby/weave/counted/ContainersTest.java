// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the JDK's containers hold counts. */
class ContainersTest {
    @Test
    void should_count_the_elements_of_a_list() throws Throwable {
        assertThat(Program.run("""
                public static void run() {
                    List<Foo> list = new ArrayList<>();
                    for (int i = 0; i < 4; i++) list.add(new Foo("" + i));
                    say("added " + count(list.get(0)));
                    list.remove(0);
                    say("removed");
                    list.set(0, new Foo("x"));
                    say("set");
                    for (Foo foo : list) say(foo.name);
                    list.removeIf(foo -> foo.name.equals("2"));
                    say("removed if");
                    Iterator<Foo> it = list.iterator();
                    it.next();
                    it.remove();
                    say("removed by iterator");
                    list = null;
                    say("kept by iterator");
                    it = null;
                    say("end");
                }
                """))
                .containsExactly(
                        "added 2",
                        "-0",
                        "removed",
                        "-1",
                        "set",
                        "x",
                        "2",
                        "3",
                        "-2",
                        "removed if",
                        "-x",
                        "removed by iterator",
                        "kept by iterator",
                        "-3",
                        "end");
    }

    @Test
    void should_count_the_keys_and_values_of_a_map() throws Throwable {
        assertThat(Program.run("""
                static Map<Object, Foo> map = new HashMap<>();
                public static void run() {
                    Foo key = new Foo("key");
                    map.put(key, new Foo("1"));
                    map.put("2", new Foo("2"));
                    key = null;
                    say("put");
                    map.put("2", new Foo("3"));
                    say("replaced");
                    for (Map.Entry<Object, Foo> entry : map.entrySet()) { if (entry.getValue().name.equals("3")) entry.setValue(new Foo("4")); }
                    say("set");
                    map.keySet().removeIf(each -> each instanceof Foo);
                    say("removed");
                    map.computeIfAbsent("5", each -> new Foo("5"));
                    say(count(map.get("5")));
                    map = null;
                    say("end");
                }
                """))
                .containsExactly("put", "-2", "replaced", "-3", "set", "-key", "-1", "removed", "2", "-4", "-5", "end");
    }

    @Test
    void should_count_what_queues_optionals_and_streams_hold() throws Throwable {
        assertThat(Program.run("""
                public static void run() {
                    Deque<Foo> queue = new ArrayDeque<>();
                    queue.push(new Foo("a"));
                    queue.addLast(new Foo("b"));
                    Foo a = queue.pop();
                    say(count(a));
                    queue.poll();
                    say("polled");
                    List<Foo> both = List.of(a, new Foo("c"));
                    Optional<Foo> found = both.stream().filter(foo -> foo.name.equals("c")).findFirst();
                    both = null;
                    say(count(a));
                    found = null;
                    java.util.concurrent.atomic.AtomicReference<Foo> place = new java.util.concurrent.atomic.AtomicReference<>(new Foo("d"));
                    place.set(new Foo("e"));
                    say("set");
                    Object[] array = new ArrayList<>(List.of(a)).toArray();
                    say(count(array[0]));
                }
                """)).contains("polled").containsOnlyOnce("-a", "-b", "-d", "-e");
    }

    @Test
    void should_not_destroy_what_a_class_of_the_program_passes_to_the_container_above_it() throws Throwable {
        assertThat(Program.run("""
                static final class Place extends java.util.concurrent.atomic.AtomicReference<Foo> { Place(Foo f) { super(f); } }
                public static void run() { Place place = new Place(new Foo("a")); say(place.get().name); }
                """)).containsExactly("a");
    }

    @Test
    void should_destroy_what_a_call_would_have_been_passed_whose_receiver_is_null() throws Throwable {
        assertThat(Program.run("""
                static java.util.concurrent.atomic.AtomicReference<Foo> place;
                public static void run() {
                    try { place.set(new Foo("a")); } catch (NullPointerException e) { say("null"); }
                }
                """)).containsExactly("-a", "null");
    }
}
