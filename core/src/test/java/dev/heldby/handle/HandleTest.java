// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.Behaviour;
import dev.heldby.Level;
import dev.heldby.complaint.Complaint;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Observation.State;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandleTest {
    private final Checked checked = Checked.fully();
    private final Toy toy = new Toy();

    private static final class Toy {
        @Override
        public String toString() {
            return "toy";
        }
    }

    private static <T> Handle<T> take(Handle<T> handle) {
        return handle.retain();
    }

    private static void giveBack(Handle<?> handle) {
        handle.close();
    }

    private static Object use(Handle<?> handle) {
        return handle.get();
    }

    private static LapsedHandleException refused(Handle<?> handle) {
        try {
            throw new AssertionError("Not refused: " + use(handle));
        } catch (LapsedHandleException e) {
            return e;
        }
    }

    /** Without line numbers and the numbers of handles. */
    private static String stable(String text) {
        return text.replaceAll("\\.java:\\d+", ".java").replaceAll("@[0-9a-f]+", "@1");
    }

    /** The same, and of each stack only the first line. */
    private static List<String> gist(Complaint complaint) {
        List<String> gist = new ArrayList<>();
        boolean inStack = false;
        for (String line : stable(complaint.text()).split("\n")) {
            boolean isFrame = line.startsWith("     ");
            if (!isFrame || !inStack) {
                gist.add(line.replace("HandleTest.java", "…").strip());
            }
            inStack = isFrame;
        }
        return gist;
    }

    @Test
    @Behaviour("PC-1")
    void should_destroy_the_object_and_report_nothing_when_its_only_handle_is_closed() {
        Handle<Toy> handle = checked.handle(toy);
        assertThat(handle.get()).isSameAs(toy);
        assertThat(checked.destroyed).isEmpty();
        handle.close();

        assertThat(checked.destroyed).containsExactly(toy);
        assertThat(handle.count()).isZero();
        assertThat(checked.leaks()).isEmpty();
        assertThat(checked.complaints).isEmpty();
    }

    @Test
    @Behaviour(
            value = "PC-2",
            choice = "The leak is found while the program runs, as soon as the collector takes the handle. The"
                    + " reference stays: the destructor never runs behind the program's back.")
    void should_report_the_get_of_a_handle_when_it_is_collected_without_its_put() {
        Handle<Toy> first = checked.handle(toy);
        dropOne(first);
        first.close();
        Observation leak = checked.leaks().get(0);

        assertThat(checked.observation()).isEqualTo(leak);
        assertThat(leak.state()).isEqualTo(State.UNREACHABLE);
        assertThat(leak.type()).isEqualTo(Toy.class.getName());
        assertThat(leak.count()).isEqualTo(1);
        assertThat(Checked.words(leak.example())).isEqualTo("BORN 1 in take");
        assertThat(leak.example().birth().get(1).getMethodName()).isEqualTo("dropOne");
        assertThat(checked.destroyed).isEmpty();
        assertThat(first.count()).isEqualTo(1);
    }

    private static void dropOne(Handle<?> handle) {
        take(handle);
    }

    @Test
    @Behaviour(
            value = "PC-3",
            choice =
                    "close() throws nothing, so that try-with-resources stays safe: the second put is ignored, and is a"
                            + " complaint and a finding.")
    void should_complain_and_keep_the_object_alive_when_a_handle_is_closed_twice() {
        Handle<Toy> first = checked.handle(toy);
        Handle<Toy> second = take(first);
        giveBack(second);
        giveBack(second);

        assertThat(first.count()).isEqualTo(1);
        assertThat(first.get()).isSameAs(toy);
        assertThat(checked.destroyed).isEmpty();
        assertThat(checked.observation().state()).isEqualTo(State.SURPLUS_PUT);
        assertThat(checked.observation().type()).isEqualTo(Toy.class.getName());
        assertThat(Checked.words(checked.observation().example()))
                .isEqualTo("BORN 1 in take, PUT 0 in giveBack, PUT -1 in giveBack");
        assertThat(checked.complaint().kind()).isEqualTo("double-put");
        assertThat(checked.complaint().subject()).isEqualTo(second.toString());
        assertThat(gist(checked.complaint()))
                .containsExactly(
                        "The handle HandleTest$Toy@1 was given back twice; the second time is ignored. It was taken by thread"
                                + " main at dev.heldby.handle.HandleTest.take(…) and first given back by thread main at"
                                + " dev.heldby.handle.HandleTest.giveBack(…). A handle is closed once, by its holder.",
                        "Given back again at:",
                        "dev.heldby.handle.HandleTest.giveBack(…)",
                        "Taken at:",
                        "dev.heldby.handle.HandleTest.take(…)",
                        "Given back at:",
                        "dev.heldby.handle.HandleTest.giveBack(…)");
    }

    @Test
    @Behaviour("PC-4")
    void should_refuse_access_when_a_handle_is_closed_though_another_keeps_the_object_alive() {
        Handle<Toy> first = checked.handle(toy);
        Handle<Toy> second = take(first);
        giveBack(first);
        LapsedHandleException refused = refused(first);

        assertThat(second.get()).isSameAs(toy);
        assertThat(stable(refused.getMessage()))
                .startsWith(
                        "The handle HandleTest$Toy@1 was used after it had been given"
                                + " back; the object still lives, through others. It was taken by thread main at dev.heldby.handle.Checked");
        assertThat(refused.getStackTrace()[0].getMethodName()).isEqualTo("use");
        assertThat(checked.observation().state()).isEqualTo(State.LAPSED_REFERENCE);
        assertThat(Checked.words(checked.observation().example()))
                .isEqualTo("BORN 1 in handle, PUT 0 in giveBack, USE 0 in use");
    }

    @Test
    void should_say_what_is_wrong_when_access_is_refused() {
        Handle<Toy> second = take(checked.handle(toy));
        giveBack(second);
        LapsedHandleException refused = refused(second);

        assertThat(stable(refused.getMessage()))
                .isEqualTo(
                        "The handle HandleTest$Toy@1 was used after it had been given back; the object still lives, through"
                                + " others. It was taken by thread main at dev.heldby.handle.HandleTest.take(HandleTest.java) and given"
                                + " back by thread main at dev.heldby.handle.HandleTest.giveBack(HandleTest.java). Whoever needs the"
                                + " object for longer calls retain() and uses the handle that it returns, until its close().");
        assertThat(checked.complaint().kind()).isEqualTo("use-after-put");
        assertThat(gist(checked.complaint()).subList(1, 7))
                .containsExactly(
                        "Used at:",
                        "dev.heldby.handle.HandleTest.use(…)",
                        "Taken at:",
                        "dev.heldby.handle.HandleTest.take(…)",
                        "Given back at:",
                        "dev.heldby.handle.HandleTest.giveBack(…)");
    }

    @Test
    void should_carry_the_whole_stacks_of_get_and_put_when_access_is_refused() {
        Handle<Toy> second = take(checked.handle(toy));
        giveBack(second);
        Throwable[] suppressed = refused(second).getSuppressed();

        assertThat(suppressed).hasSize(2);
        assertThat(suppressed[0]).hasMessage("Taken by thread main");
        assertThat(suppressed[1]).hasMessage("Given back by thread main");
        assertThat(methods(suppressed[0])).startsWith("take", methodOfThisTest());
        assertThat(methods(suppressed[1])).startsWith("giveBack", methodOfThisTest());
    }

    private static String methodOfThisTest() {
        return new Throwable().getStackTrace()[1].getMethodName();
    }

    private static List<String> methods(Throwable throwable) {
        return Stream.of(throwable.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .toList();
    }

    @Test
    void should_call_it_a_lapsed_use_when_the_object_is_destroyed() {
        Handle<Toy> handle = checked.handle(toy);
        giveBack(handle);

        assertThat(refused(handle)).hasMessageContaining("after it had been given back; the object is destroyed.");
        assertThat(checked.observation().state()).isEqualTo(State.LAPSED_USE);
    }

    @Test
    void should_refuse_a_get_when_the_handle_is_closed() {
        Handle<Toy> first = checked.handle(toy);
        Handle<Toy> second = take(first);
        giveBack(first);

        assertThatThrownBy(() -> take(first)).isInstanceOf(LapsedHandleException.class);
        assertThat(second.count()).isEqualTo(1);
        assertThat(Checked.words(checked.observation().example())).endsWith("USE 0 in take");
    }

    @Test
    void should_say_that_no_stack_was_recorded_when_only_counting_is_on() {
        Checked counted = new Checked(Level.COUNT);
        Handle<Toy> handle = counted.handle(toy);
        handle.close();
        LapsedHandleException refused = refused(handle);

        assertThat(refused).hasMessageContaining("It was taken where no stack was recorded and given back where no");
        assertThat(refused.getSuppressed()).isEmpty();
        assertThat(Checked.words(counted.observation().example())).isEqualTo("USE 0 in use");
    }

    @Test
    void should_check_but_record_nothing_when_the_level_is_off_by_now() {
        Handle<Toy> first = checked.handle(toy);
        checked.recorder.setLibraryLevel(Level.OFF);
        Handle<Toy> second = first.retain();
        second.close();
        second.close();

        assertThat(second).isNotSameAs(first);
        assertThat(refused(second)).isNotNull();
        assertThat(first.count()).isEqualTo(1);
        assertThat(checked.observations()).isEmpty();
    }

    @Test
    void should_check_nothing_when_the_level_is_off_at_the_first_handle() {
        Checked off = new Checked(Level.OFF);
        Handle<Toy> handle = off.handle(toy);

        assertThat(handle.retain()).isSameAs(handle);
        assertThat(handle.count()).isEqualTo(2);
        handle.close();
        handle.close();
        handle.close();
        assertThat(off.destroyed).containsExactly(toy);
        assertThat(off.complaints).isEmpty();
    }

    @Test
    @Behaviour("PC-5")
    void should_be_the_same_when_two_handles_are_of_one_object() {
        Handle<Toy> first = checked.handle(toy);
        Handle<Toy> second = first.retain();
        Handle<Toy> foreign = checked.handle(new Toy());

        assertThat(first).isNotSameAs(second).isNotEqualTo(second);
        assertThat(Handle.same(first, second)).isTrue();
        assertThat(Handle.same(first, foreign)).isFalse();
        assertThat(Handle.same(first, null)).isFalse();
        assertThat(Handle.same(null, first)).isFalse();
        assertThat(Handle.same(null, null)).isTrue();
        second.close();
        assertThat(Handle.same(first, second)).isTrue();
        assertThat(Handle.same(second, foreign)).isFalse();
        Reference.reachabilityFence(first);
    }

    @Test
    @Behaviour("PC-6")
    void should_do_nothing_when_there_is_no_handle() {
        assertThat(Handle.<Toy>retainNullable(null)).isNull();
        Handle.closeNullable(null);

        Handle<Toy> first = checked.handle(toy);
        Handle<Toy> second = Handle.retainNullable(first);
        assertThat(first.count()).isEqualTo(2);
        Handle.closeNullable(second);
        assertThat(first.count()).isEqualTo(1);
        assertThat(checked.complaints).isEmpty();
    }

    @Test
    @Behaviour(
            value = "PC-9",
            choice =
                    "A last put cannot run the destructor with references left, so that only destroy() can. It runs the"
                            + " destructor, says once that the count is unbalanced, and each handle that is still open is a finding.")
    void should_say_once_that_the_count_is_unbalanced_when_an_object_is_destroyed_with_references_left() {
        for (int i = 0; i < 2; i++) {
            Handle<Toy> first = checked.handle(toy);
            Handle<Toy> second = take(first);
            Handle<Toy> third = take(first);
            first.destroy();
            assertThat(checked.destroyed).hasSize(i + 1);
            second.close();
            third.close();
            assertThat(checked.destroyed).hasSize(i + 1);
        }

        assertThat(checked.complaint().kind()).isEqualTo("unbalanced");
        assertThat(gist(checked.complaint()))
                .hasSize(5)
                .startsWith("The object of the handle HandleTest$Toy@1 was destroyed at dev.heldby.handle.HandleTest."
                        + methodOfThisTest()
                        + "(…) with 2 references left. Each is to be given back first, by closing its"
                        + " handle.")
                .endsWith("1 taken at:", "dev.heldby.handle.HandleTest.take(…)");
        assertThat(checked.observations())
                .hasSize(2)
                .allMatch(each -> each.state() == State.HELD_AT_CLOSE && each.count() == 2)
                .allMatch(each -> Checked.words(each.example()).equals("BORN 1 in take"));
    }

    @Test
    void should_say_nothing_when_an_object_is_destroyed_by_its_only_handle() {
        checked.handle(toy).destroy();

        assertThat(checked.destroyed).containsExactly(toy);
        assertThat(checked.leaks()).isEmpty();
        assertThat(checked.complaints).isEmpty();
    }

    @Test
    void should_refuse_access_through_an_open_handle_when_its_object_was_destroyed() {
        Handle<Toy> first = checked.handle(toy);
        Handle<Toy> second = take(first);
        Handle<Toy> other = checked.handle(new Toy());
        first.destroy();
        LapsedHandleException refused = refused(second);

        assertThat(stable(refused.getMessage()))
                .startsWith("The handle HandleTest$Toy@1 was used after its object had been"
                        + " destroyed at dev.heldby.handle.HandleTest." + methodOfThisTest()
                        + "(HandleTest.java). It was taken by thread"
                        + " main at dev.heldby.handle.HandleTest.take(HandleTest.java). Whoever");
        assertThat(refused.getSuppressed()).hasSize(2);
        assertThat(refused.getSuppressed()[1]).hasMessage("Destroyed");
        assertThat(other.get()).isNotSameAs(toy);
        assertThatThrownBy(second::retain).isInstanceOf(LapsedHandleException.class);
        assertThatThrownBy(first::destroy).isInstanceOf(LapsedHandleException.class);
        assertThat(checked.observations())
                .extracting(Observation::state)
                .containsExactlyInAnyOrder(State.HELD_AT_CLOSE, State.LAPSED_USE, State.LAPSED_USE, State.LAPSED_USE);
    }

    @Test
    @Behaviour("PC-10")
    void should_count_exactly_when_threads_share_maps_in_two_groups() {
        Handle<Toy> leader = checked.handle(toy);
        List<Handle<Toy>> group = List.of(leader, take(leader), take(leader), take(leader));
        Handle<Toy> other = checked.handle(new Toy());
        Handle<Toy> otherLeader = take(other);

        assertThat(leader.count()).isEqualTo(4);
        assertThat(group).allMatch(each -> Handle.same(each, leader));
        assertThat(other.count()).isEqualTo(2);
        assertThat(Handle.same(other, otherLeader)).isTrue();
        assertThat(Handle.same(other, leader)).isFalse();
        for (int left = 4; left > 0; left--) {
            assertThat(group.get(4 - left).count()).isEqualTo(left);
            group.get(4 - left).close();
        }
        assertThat(checked.destroyed).containsExactly(toy);
        assertThat(other.count()).isEqualTo(2);
        other.close();
        assertThat(otherLeader.count()).isEqualTo(1);
        otherLeader.close();
        assertThat(checked.destroyed).hasSize(2);
        assertThat(checked.leaks()).isEmpty();
    }

    /** Owns a reference to what it holds, and the node after it. */
    private record Node(Handle<Toy> held, Node next) {
        void free() {
            held.close();
            if (next != null) {
                next.free();
            }
        }
    }

    @Test
    @Behaviour("PC-11")
    void should_find_no_leak_when_a_container_gives_back_what_its_nodes_hold() {
        Handle<Toy> first = checked.handle(toy);
        Node list = new Node(take(first), new Node(take(first), null));
        first.close();
        list.free();

        assertThat(checked.destroyed).containsExactly(toy);
        assertThat(checked.leaks()).isEmpty();
    }

    @Test
    void should_find_what_the_nodes_hold_when_a_container_is_dropped() {
        Handle<Toy> first = checked.handle(toy);
        dropList(first);

        assertThat(checked.leaks()).hasSize(1);
        assertThat(checked.observation().count()).isEqualTo(2);
        Reference.reachabilityFence(first);
    }

    private static void dropList(Handle<Toy> first) {
        Node list = null;
        for (int i = 0; i < 2; i++) {
            list = new Node(take(first), list);
        }
    }

    @Test
    void should_name_the_first_handle_when_it_is_the_one_that_leaks() {
        Handle<Toy> second = onlySecond();
        Observation leak = checked.leaks().get(0);

        assertThat(Checked.words(leak.example())).isEqualTo("BORN 1 in handle");
        assertThat(second.count()).isEqualTo(2);
    }

    private Handle<Toy> onlySecond() {
        return checked.handle(toy).retain();
    }

    @Test
    void should_forget_the_object_when_only_closed_handles_are_left() throws InterruptedException {
        Object[] object = {new Object()};
        Handle<Object> handle = Handle.of(object[0], each -> {}, checked.witness);
        Reference<Object> gone = new WeakReference<>(object[0]);
        object[0] = null;
        handle.close();
        while (!gone.refersTo(null)) {
            System.gc();
            Thread.sleep(10);
        }

        assertThat(handle.toString()).startsWith("Object@");
    }

    @Test
    void should_give_the_reference_back_when_the_destructor_fails() {
        Handle<Toy> handle = Handle.of(
                toy,
                each -> {
                    throw new IllegalStateException("on purpose");
                },
                checked.witness);

        assertThatThrownBy(handle::close).hasMessage("on purpose");
        assertThat(handle.count()).isZero();
    }

    @Test
    void should_say_what_is_missing_when_there_is_no_target_or_destructor() {
        assertThatThrownBy(() -> Handle.of(null, each -> {})).hasMessage("A handle needs a target.");
        assertThatThrownBy(() -> Handle.of(toy, null))
                .hasMessage("A handle needs a destructor; one that does nothing is x -> {}.");
    }

    @Test
    void should_work_with_the_recorder_of_the_process() {
        List<Object> destroyed = new ArrayList<>();
        try (Handle<Toy> handle = Handle.of(toy, destroyed::add)) {
            assertThat(handle.get()).isSameAs(toy);
        }

        assertThat(destroyed).containsExactly(toy);
    }
}
