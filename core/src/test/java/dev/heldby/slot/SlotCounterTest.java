// SPDX-License-Identifier: Apache-2.0
package dev.heldby.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.Behaviour;
import dev.heldby.Level;
import dev.heldby.complaint.Complaint;
import dev.heldby.library.Library;
import dev.heldby.recording.Reaper;
import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SlotCounterTest {
    private final Library library = Library.full("slot");
    private final SlotCounters registry = new SlotCounters(library.witness, new SlotErrors(true));
    private final Slot creator = slot("creator");
    private final SlotCounter users = new SlotCounter(registry, "users", creator);
    private final Slot a = slot("a");
    private final Slot b = slot("b");

    private Slot slot(String name) {
        return new Slot(registry, name);
    }

    private void getHere(Slot slot) {
        users.get(slot);
    }

    private boolean putHere(Slot slot) {
        return users.put(slot);
    }

    private boolean putThere(Slot slot) {
        return users.put(slot);
    }

    private void moveHere(Slot from, Slot to) {
        users.move(from, to);
    }

    /** The text with each stack as the name of its first method, in which its lambdas are as well. */
    private static String brief(String text) {
        return Pattern.compile("(     .*\n)+").matcher(text).replaceAll(stack -> {
            String first = stack.group().lines().findFirst().orElseThrow();
            return "     " + first.replaceAll(".*\\.(?:lambda\\$)?(\\w+|<init>)(?:\\$\\d+)?\\(.*", "$1") + "\n";
        });
    }

    /** As {@link #brief}, and this test's thread is T. */
    private static String told(String text) {
        return brief(text)
                .replace("thread \"" + Thread.currentThread().getName() + "\"", "T")
                .stripTrailing();
    }

    private String refused(Runnable wrong) {
        int before = library.complaints().size();
        String[] message = new String[1];
        assertThatThrownBy(wrong::run)
                .isInstanceOf(SlotException.class)
                .satisfies(exception -> message[0] = exception.getMessage());
        assertThat(library.complaints()).hasSize(before + 1);
        assertThat(library.complaints().get(before).text()).isEqualTo(message[0]);
        return told(message[0]);
    }

    private Observation onlyObservation() {
        assertThat(library.observations()).hasSize(1);
        return library.observations().get(0);
    }

    @Test
    @Behaviour("MM-1")
    void should_be_empty_and_the_count_as_before_when_put() {
        users.get(a);
        assertThat(a.state()).isEqualTo(Slot.State.HELD);
        assertThat(users.value()).isEqualTo(2);
        assertThat(users.slots()).containsExactly(creator, a);

        assertThat(users.put(a)).isFalse();

        assertThat(a.state()).isEqualTo(Slot.State.EMPTY);
        assertThat(users.value()).isEqualTo(1);
        assertThat(users.put(creator)).isTrue();
        assertThat(users.dump()).isEqualTo("users = 0\nusers list: no refs\n");
        users.close();
        assertThat(library.complaints()).isEmpty();
        assertThat(library.observations()).isEmpty();
    }

    @Test
    @Behaviour("MM-2")
    void should_name_the_first_taker_when_a_held_slot_is_taken_into() {
        users.move(creator, b);
        users.put(b);
        getHere(a);

        assertThat(refused(() -> users.get(a))).isEqualTo("""
                        users@1: trying to overwrite held slot a of users@1
                        previous reference taken by T at:
                             getHere
                        tried by T at:
                             should_name_the_first_taker_when_a_held_slot_is_taken_into
                        users = 1
                        users list:
                         - a held, taken by T at:
                             getHere""");
        assertThat(library.kinds()).containsExactly("slot-occupied");
        Observation overwritten = onlyObservation();
        assertThat(overwritten.state()).isEqualTo(Observation.State.MISUSE);
        assertThat(overwritten.note()).isEqualTo("trying to overwrite held slot a of users");
        assertThat(overwritten.example().events()).extracting(Event::op).containsExactly(Op.BORN, Op.GET);
        assertThat(putHere(a)).isTrue();
    }

    @Test
    @Behaviour("MM-3")
    void should_name_the_initializer_when_a_fresh_slot_is_put() {
        assertThat(refused(() -> putHere(a))).isEqualTo("""
                        users@1: trying to put slot a which holds nothing
                        initialized by T at:
                             slot
                        tried by T at:
                             putHere
                        users = 1
                        users list:
                         - creator held, taken by T at:
                             <init>""");
        assertThat(library.kinds()).containsExactly("slot-empty");
        assertThat(onlyObservation().state()).isEqualTo(Observation.State.MISUSE);
        assertThat(onlyObservation().note()).isEqualTo("trying to put slot a which holds nothing");
        assertThat(a.state()).isEqualTo(Slot.State.UNUSED);
    }

    @Test
    @Behaviour("MM-4")
    void should_name_the_first_put_when_put_twice() {
        getHere(a);
        putHere(a);

        assertThat(refused(() -> putThere(a))).isEqualTo("""
                        users@1: trying to put slot a which holds nothing
                        previous reference dropped by T at:
                             putHere
                        tried by T at:
                             putThere
                        users = 1
                        users list:
                         - creator held, taken by T at:
                             <init>""");
        Observation surplus = onlyObservation();
        assertThat(surplus.state()).isEqualTo(Observation.State.SURPLUS_PUT);
        assertThat(surplus.type()).isEqualTo("users");
        assertThat(surplus.note()).isEmpty();
        assertThat(surplus.example().events()).extracting(Event::op).containsExactly(Op.BORN, Op.PUT, Op.PUT);
        assertThat(surplus.example().events())
                .extracting(event -> event.stack().get(0).getMethodName())
                .containsExactly("getHere", "putHere", "putThere");
    }

    @Test
    @Behaviour(
            value = "MM-5",
            choice = "A slot's memory cannot be overwritten here. What is left of it is a slot that is null, which is"
                    + " refused as unknown.")
    void should_refuse_a_slot_that_is_null() {
        List<Runnable> uses = List.of(
                () -> users.get(null), () -> putHere(null), () -> users.move(null, a), () -> users.move(creator, null));
        for (Runnable use : uses) {
            assertThat(refused(use)).startsWith("users@1: trying to use unknown slot null\ntried by T at:\n");
        }
        assertThat(library.kinds()).hasSize(4).containsOnly("unknown-slot");
        assertThat(users.value()).isEqualTo(1);
        assertThat(users.slots()).containsExactly(creator);
    }

    @Test
    @Behaviour("MM-6")
    void should_leave_the_count_and_have_the_other_slot_put_when_moved() {
        getHere(a);
        moveHere(a, b);
        assertThat(users.value()).isEqualTo(2);
        assertThat(users.slots()).containsExactly(creator, b);
        assertThat(users.put(b)).isFalse();
        assertThat(library.complaints()).isEmpty();

        assertThat(refused(() -> putHere(a))).startsWith("""
                        users@1: trying to put slot a which holds nothing
                        previous reference moved away by T at:
                             moveHere
                        tried by T at:
                             putHere
                        """);
        assertThat(onlyObservation().example().events())
                .extracting(Event::op)
                .containsExactly(Op.BORN, Op.MOVE, Op.PUT);
    }

    @Test
    @Behaviour("MM-7")
    void should_refuse_a_move_from_an_empty_slot_or_onto_a_held_one_or_onto_itself() {
        assertThat(refused(() -> moveHere(a, b)))
                .startsWith("users@1: trying to move slot a which holds nothing\ninitialized by T at:\n     slot\n");
        getHere(a);
        assertThat(refused(() -> moveHere(creator, a)))
                .startsWith("users@1: trying to overwrite held slot a of users@1\n"
                        + "previous reference taken by T at:\n     getHere\ntried by T at:\n     moveHere\n");
        assertThat(refused(() -> moveHere(a, a)))
                .startsWith("users@1: trying to overwrite held slot a of users@1\n"
                        + "previous reference taken by T at:\n     getHere\ntried by T at:\n     moveHere\n");

        assertThat(users.slots()).containsExactly(creator, a);
        assertThat(users.value()).isEqualTo(2);
        assertThat(b.state()).isEqualTo(Slot.State.UNUSED);
    }

    @Test
    @Behaviour("MM-8")
    void should_allow_a_slot_to_be_used_again_also_for_another_counter() {
        SlotCounter other = new SlotCounter(registry, "others");
        for (int i = 0; i < 3; i++) {
            users.get(a);
            users.put(a);
            other.get(a);
            assertThat(other.put(a)).isTrue();
        }

        assertThat(library.complaints()).isEmpty();
    }

    @Test
    @Behaviour("MM-9")
    void should_name_the_wrong_put_when_the_rightful_holder_puts() {
        users.get(a);
        users.get(b);
        putHere(b);

        assertThat(refused(() -> putThere(b))).isEqualTo("""
                        users@1: trying to put slot b which holds nothing
                        previous reference dropped by T at:
                             putHere
                        tried by T at:
                             putThere
                        users = 2
                        users list:
                         - creator held, taken by T at:
                             <init>
                         - a held, taken by T at:
                             should_name_the_wrong_put_when_the_rightful_holder_puts""");
    }

    @Test
    @Behaviour("MM-10")
    void should_dump_both_counters_exactly() {
        Mm mm = new Mm(registry, a);
        mm.get(b);

        assertThat(told(mm.users.dump() + mm.count.dump())).isEqualTo("""
                        users = 2
                        users list:
                         - a held, taken by T at:
                             <init>
                         - b held, taken by T at:
                             get
                        count = 1
                        count list:
                         - mm.users held, taken by T at:
                             <init>""");
        mm.grab(slot("lazy"));
        assertThat(mm.count.value()).isEqualTo(2);
    }

    @Test
    @Behaviour("MM-11")
    void should_leave_the_slot_alone_when_a_task_has_no_mm() {
        assertThat(new Mm.Task(null).getMm(b)).isNull();

        Mm mm = new Mm(registry, a);
        assertThat(new Mm.Task(mm).getMm(b)).isSameAs(mm);
        mm.put(b);
        mm.put(a);
        assertThat(mm.isFreed()).isTrue();
        Slot late = slot("late");
        assertThat(new Mm.Task(mm).getMm(late)).isNull();
        assertThat(late.state()).isEqualTo(Slot.State.UNUSED);
        assertThat(library.complaints()).isEmpty();
    }

    @Test
    @Behaviour(
            value = "MM-12",
            choice =
                    "A put through another counter than the reference's is refused, and both are named. The kernel does"
                            + " not look, and its exit_mm relies on that.")
    void should_name_both_counters_when_put_through_the_wrong_one() {
        SlotCounter count = new SlotCounter(registry, "count", b);
        getHere(a);

        assertThat(refused(() -> count.put(a))).startsWith("""
                        count@2: trying to put slot a which holds a reference of users@1
                        that reference taken by T at:
                             getHere
                        tried by T at:
                             should_name_both_counters_when_put_through_the_wrong_one
                        count = 1
                        """);
        assertThat(library.kinds()).containsExactly("wrong-counter");
        assertThat(onlyObservation().type()).isEqualTo("count");
        assertThat(onlyObservation().note()).isEqualTo("trying to put slot a which holds a reference of users");
        assertThat(refused(() -> count.move(a, slot("c"))))
                .startsWith("count@2: trying to move slot a which holds a reference of users@1\n");
        assertThat(refused(() -> count.get(a))).startsWith("count@2: trying to overwrite held slot a of users@1\n");
        assertThat(count.value()).isEqualTo(1);
        assertThat(users.put(a)).isFalse();
    }

    @Test
    @Behaviour(
            value = "MM-13",
            choice = "The kernel is silent. Here each slot that is left is a leak, with the stack that took its"
                    + " reference, and no more references can be taken.")
    void should_report_each_slot_that_is_left_when_closed() {
        getHere(a);
        moveHere(a, b);
        users.close();
        users.close();

        assertThat(library.kinds()).containsExactly("leak");
        assertThat(told(library.complaints().get(0).text())).isEqualTo("""
                        users@1: closed with references left: 2.
                        users = 2
                        users list:
                         - creator held, taken by T at:
                             <init>
                         - b held, moved here by T at:
                             moveHere""");
        assertThat(library.observations())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.state()).isEqualTo(Observation.State.HELD_AT_CLOSE));
        Observation leaked = library.observations().stream()
                .filter(each -> each.example().events().size() == 2)
                .findFirst()
                .orElseThrow();
        assertThat(leaked.type()).isEqualTo("users");
        assertThat(leaked.rule()).isEqualTo("slot");
        assertThat(leaked.example().birth().get(0).getMethodName()).isEqualTo("getHere");
        assertThat(leaked.example().events()).extracting(Event::op).containsExactly(Op.BORN, Op.MOVE);
        assertThat(refused(() -> users.get(a)))
                .startsWith("users@1: trying to take a reference into slot a after the counter was closed\n"
                        + "previous reference moved away by T at:\n     moveHere\n");
        users.put(creator);
        assertThat(users.put(b)).isTrue();
    }

    @Test
    @Behaviour("MM-14")
    void should_show_each_thread_in_turn_when_handed_over() throws InterruptedException {
        on("T1", () -> getHere(a));
        assertThat(brief(users.dump())).endsWith(" - a held, taken by thread \"T1\" at:\n     getHere\n");

        on("T2", () -> moveHere(a, b));
        assertThat(brief(users.dump())).endsWith(" - b held, moved here by thread \"T2\" at:\n     moveHere\n");

        on("T2", () -> putHere(b));
        assertThat(users.slots()).containsExactly(creator);
        assertThat(library.complaints()).isEmpty();
    }

    private static void on(String name, Runnable work) throws InterruptedException {
        Thread thread = new Thread(work, name);
        thread.start();
        thread.join();
    }

    @Test
    void should_refuse_and_only_complain_when_set_to_log() {
        SlotCounters logging = new SlotCounters(library.witness, new SlotErrors(false));
        SlotCounter counter = new SlotCounter(logging, "users", a);

        assertThat(counter.get(a)).isFalse();
        assertThat(counter.getUnlessZero(a)).isFalse();
        assertThat(counter.put(b)).isFalse();
        assertThat(counter.move(b, slot("c"))).isFalse();

        assertThat(library.kinds()).containsExactly("slot-occupied", "slot-occupied", "slot-empty", "slot-empty");
        assertThat(library.complaints()).extracting(Complaint::rule).containsOnly("slot");
        assertThat(counter.value()).isEqualTo(1);
        assertThat(counter.put(a)).isTrue();
    }

    @Test
    void should_take_unless_zero_only_while_a_reference_is_held() {
        assertThat(users.getUnlessZero(a)).isTrue();
        users.put(a);
        users.put(creator);

        assertThat(users.getUnlessZero(b)).isFalse();
        assertThat(b.state()).isEqualTo(Slot.State.UNUSED);
        assertThat(users.value()).isZero();
    }

    @Test
    void should_know_states_and_threads_without_stacks_when_the_level_is_count() {
        library.recorder.setLibraryLevel(Level.COUNT);
        Slot counted = slot("counted");
        users.get(counted);
        users.put(creator);

        assertThat(told(users.dump())).isEqualTo("""
                        users = 1
                        users list:
                         - counted held, taken by T, stack not recorded; level full records it""");
        users.put(counted);
        assertThat(refused(() -> putHere(counted))).isEqualTo("""
                        users@1: trying to put slot counted which holds nothing
                        previous reference dropped by T, stack not recorded; level full records it
                        tried by T at:
                             putHere
                        users = 0
                        users list: no refs""");
    }

    @Test
    void should_only_count_when_the_level_is_off() {
        library.recorder.setLibraryLevel(Level.OFF);

        users.get(a);
        users.get(a);
        users.move(a, b);
        users.move(b, null);
        assertThat(users.getUnlessZero(null)).isTrue();
        assertThat(users.value()).isEqualTo(4);
        assertThat(a.state()).isEqualTo(Slot.State.UNUSED);
        users.put(b);
        users.put(null);
        users.put(a);
        assertThat(users.put(creator)).isTrue();
        users.close();

        assertThat(creator.state()).isEqualTo(Slot.State.EMPTY);
        assertThat(library.complaints()).isEmpty();
        assertThat(library.observations()).isEmpty();
    }

    @Test
    void should_blame_no_one_for_a_reference_that_was_taken_while_the_level_was_off() {
        library.recorder.setLibraryLevel(Level.OFF);
        users.get(a);
        library.recorder.setLibraryLevel(Level.FULL);

        assertThat(users.dump()).endsWith(" - and taken while the level was off: 1\n");
        users.move(a, b);
        users.put(b);
        assertThat(library.complaints()).isEmpty();
        assertThat(users.value()).isEqualTo(1);
        refused(() -> users.put(b));
    }

    @Test
    void should_learn_where_references_are_put_when_all_goes_well() {
        for (int i = 0; i < 18; i++) {
            getHere(a);
            putHere(a);
        }
        getHere(a);
        users.close();

        assertThat(library.running().healthy()).singleElement().satisfies(healthy -> {
            assertThat(healthy.count()).isEqualTo(18);
            assertThat(healthy.finalPuts().get(0).stack().get(0).getMethodName())
                    .isEqualTo("putHere");
        });
    }

    @Test
    void should_observe_what_is_still_held_when_the_process_ends() {
        getHere(a);

        assertThat(library.running().coverage().lifecycles()).isEqualTo(2);
        assertThat(library.running().coverage().live()).isEqualTo(2);
        assertThat(library.atExit().observations())
                .hasSize(2)
                .allSatisfy(held -> assertThat(held.state()).isEqualTo(Observation.State.HELD_AT_EXIT));
        assertThat(library.complaints()).isEmpty();
    }

    @Test
    void should_find_what_is_held_of_a_counter_that_is_dropped() throws InterruptedException {
        library.recorder.reaper().start();
        drop();

        for (int i = 0; i < 100 && library.observations().isEmpty(); i++) {
            Reaper.collect(library.recorder, Duration.ofMillis(200));
            Thread.sleep(20);
        }

        Observation lost = onlyObservation();
        assertThat(lost.state()).isEqualTo(Observation.State.UNREACHABLE);
        assertThat(lost.type()).isEqualTo("dropped");
        assertThat(lost.example().birth().get(0).getMethodName()).isEqualTo("drop");
    }

    private void drop() {
        SlotCounter dropped = new SlotCounter(registry, "dropped", a);
        dropped.get(b);
        dropped.put(a);
    }
}
