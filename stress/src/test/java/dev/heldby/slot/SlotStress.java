// SPDX-License-Identifier: Apache-2.0
package dev.heldby.slot;

import static java.util.stream.Collectors.joining;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.heldby.stress.QuietWitness;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.ZII_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** What {@link Slot} and {@link SlotCounter} promise to threads that meet: of several at one slot, one succeeds. */
public final class SlotStress {
    private static final QuietWitness QUIET = new QuietWitness("slot");
    private static final SlotCounters REGISTRY = new SlotCounters(QUIET.witness, new SlotErrors(true));

    private SlotStress() {}

    private static Slot slot(String name) {
        return new Slot(REGISTRY, name);
    }

    private static boolean isDone(Runnable operation) {
        try {
            operation.run();
            return true;
        } catch (SlotException refused) {
            return false;
        }
    }

    private static String held(int value, Stream<String> slots) {
        return value + " in" + slots.map(name -> ' ' + name).collect(joining());
    }

    private static String held(SlotCounter counter) {
        return held(counter.value(), counter.slots().stream().map(Slot::name));
    }

    /** A counter whose creator holds a reference, and another slot whose reference both threads are after. */
    private static class Contended {
        final SlotCounter users = new SlotCounter(REGISTRY, "users", slot("creator"));
        final Slot slot = slot("slot");
        final Slot other = slot("other");

        Contended() {
            users.get(slot);
        }
    }

    /** Of two puts of one slot one succeeds. */
    @JCStressTest
    @State
    @Outcome(id = "true, false, 1 in creator", expect = ACCEPTABLE, desc = "The first thread put it.")
    @Outcome(id = "false, true, 1 in creator", expect = ACCEPTABLE, desc = "The second thread put it.")
    @Outcome(expect = FORBIDDEN, desc = "Both put it, or neither did, or the count lost the creator's reference.")
    public static class RacingPuts extends Contended {

        @Actor
        public void put(ZZL_Result r) {
            r.r1 = isDone(() -> users.put(slot));
        }

        @Actor
        public void putToo(ZZL_Result r) {
            r.r2 = isDone(() -> users.put(slot));
        }

        @Arbiter
        public void look(ZZL_Result r) {
            r.r3 = held(users);
        }
    }

    /** Of two moves of one slot's reference one succeeds. */
    @JCStressTest
    @State
    @Outcome(id = "true, false, 2 in creator other", expect = ACCEPTABLE, desc = "The first thread moved it.")
    @Outcome(id = "false, true, 2 in creator third", expect = ACCEPTABLE, desc = "The second thread moved it.")
    @Outcome(expect = FORBIDDEN, desc = "One reference went to two slots, or to none.")
    public static class RacingMoves extends Contended {
        private final Slot third = slot("third");

        @Actor
        public void move(ZZL_Result r) {
            r.r1 = isDone(() -> users.move(slot, other));
        }

        @Actor
        public void moveElsewhere(ZZL_Result r) {
            r.r2 = isDone(() -> users.move(slot, third));
        }

        @Arbiter
        public void look(ZZL_Result r) {
            r.r3 = held(users);
        }
    }

    /** Of a move and a put of one slot one succeeds. */
    @JCStressTest
    @State
    @Outcome(
            id = "true, false, 2 in creator other",
            expect = ACCEPTABLE,
            desc = "Moved, so that the slot holds nothing.")
    @Outcome(id = "false, true, 1 in creator", expect = ACCEPTABLE, desc = "Put, so that there is nothing to move.")
    @Outcome(expect = FORBIDDEN, desc = "A reference was put that is held elsewhere, or one that is counted is lost.")
    public static class MoveAgainstPut extends Contended {

        @Actor
        public void move(ZZL_Result r) {
            r.r1 = isDone(() -> users.move(slot, other));
        }

        @Actor
        public void put(ZZL_Result r) {
            r.r2 = isDone(() -> users.put(slot));
        }

        @Arbiter
        public void look(ZZL_Result r) {
            r.r3 = held(users);
        }
    }

    /** A get into a slot that is being put has the slot afterwards, or is refused. */
    @JCStressTest
    @State
    @Outcome(id = "true, true, 2 in creator slot", expect = ACCEPTABLE, desc = "Put, and used again.")
    @Outcome(id = "false, true, 1 in creator", expect = ACCEPTABLE, desc = "Refused, since it still held one.")
    @Outcome(expect = FORBIDDEN, desc = "The slot holds two references or one that is not counted.")
    public static class GetAgainstPut extends Contended {

        @Actor
        public void get(ZZL_Result r) {
            r.r1 = isDone(() -> users.get(slot));
        }

        @Actor
        public void put(ZZL_Result r) {
            r.r2 = isDone(() -> users.put(slot));
        }

        @Arbiter
        public void look(ZZL_Result r) {
            r.r3 = held(users);
        }
    }

    /** Of two counters that want one slot one gets it, and the other keeps what it had. */
    @JCStressTest
    @State
    @Outcome(id = "1 in slot, 1 in own", expect = ACCEPTABLE, desc = "The first counter got it.")
    @Outcome(id = "0 in, 1 in slot", expect = ACCEPTABLE, desc = "The second counter got it.")
    @Outcome(
            expect = FORBIDDEN,
            desc = "One slot holds references of two counters, or a count is at odds with its list.")
    public static class TwoCounters {
        private final SlotCounter users = new SlotCounter(REGISTRY, "users");
        private final Slot own = slot("own");
        private final SlotCounter others = new SlotCounter(REGISTRY, "others", own);
        private final Slot slot = slot("slot");

        @Actor
        public void get() {
            isDone(() -> users.get(slot));
        }

        @Actor
        public void move() {
            isDone(() -> others.move(own, slot));
        }

        @Arbiter
        public void look(LL_Result r) {
            r.r1 = held(users);
            r.r2 = held(others);
        }
    }

    /** Nothing is taken any more once the last reference is put. */
    @JCStressTest
    @State
    @Outcome(id = "true, false, 1 in slot", expect = ACCEPTABLE, desc = "Taken in time, so that it was not the last.")
    @Outcome(id = "false, true, 0 in", expect = ACCEPTABLE, desc = "None was left.")
    @Outcome(expect = FORBIDDEN, desc = "The object is freed though someone took a reference, or not freed at all.")
    public static class GetAgainstLastPut {
        private final Slot creator = slot("creator");
        private final SlotCounter users = new SlotCounter(REGISTRY, "users", creator);
        private final Slot slot = slot("slot");

        @Actor
        public void get(ZZL_Result r) {
            r.r1 = users.getUnlessZero(slot);
        }

        @Actor
        public void put(ZZL_Result r) {
            r.r2 = users.put(creator);
        }

        @Arbiter
        public void look(ZZL_Result r) {
            r.r3 = held(users);
        }
    }

    /** Whoever dumps a counter while a reference is moved sees it once, and the count unchanged. */
    @JCStressTest
    @State
    @Outcome(id = "true, 2 in creator slot", expect = ACCEPTABLE, desc = "Dumped before the move.")
    @Outcome(id = "true, 2 in creator other", expect = ACCEPTABLE, desc = "Dumped after the move.")
    @Outcome(expect = FORBIDDEN, desc = "A reference was seen in two slots or in none, or was not counted.")
    public static class MoveAgainstDump {
        private final Contended counter = new Contended();

        @Actor
        public void move(ZL_Result r) {
            r.r1 = isDone(() -> counter.users.move(counter.slot, counter.other));
        }

        @Actor
        public void dump(ZL_Result r) {
            String dump = counter.users.dump();
            r.r2 = held(
                    Integer.parseInt(dump, "users = ".length(), dump.indexOf('\n'), 10),
                    dump.lines().filter(line -> line.startsWith(" - ")).map(line -> line.split(" ")[2]));
        }
    }

    /** Whoever sees that a slot's reference was moved away sees where it is. */
    @JCStressTest
    @State
    @Outcome(id = "HELD, UNUSED", expect = ACCEPTABLE, desc = "Read before the move.")
    @Outcome(id = "HELD, HELD", expect = ACCEPTABLE, desc = "Read before and after it.")
    @Outcome(id = "EMPTY, HELD", expect = ACCEPTABLE, desc = "Read after the move.")
    @Outcome(expect = FORBIDDEN, desc = "The reference is nowhere.")
    public static class MoveAgainstState {
        private final Contended counter = new Contended();

        @Actor
        public void move() {
            counter.users.move(counter.slot, counter.other);
        }

        @Actor
        public void read(LL_Result r) {
            r.r1 = counter.slot.state();
            r.r2 = counter.other.state();
        }
    }

    /** A reference that is taken while the counter is closed is either its leak or refused, and never missed. */
    @JCStressTest
    @State
    @Outcome(id = "true, 1, 0", expect = ACCEPTABLE, desc = "Taken in time, and reported as a leak.")
    @Outcome(id = "false, 0, 1", expect = ACCEPTABLE, desc = "Too late, and refused.")
    @Outcome(expect = FORBIDDEN, desc = "Nobody told of it, or it was told twice.")
    public static class CloseAgainstGet {
        private final SlotCounter users = new SlotCounter(REGISTRY, "users");
        private final Slot slot = slot("slot");

        @Actor
        public void get(ZII_Result r) {
            r.r1 = isDone(() -> users.get(slot));
        }

        @Actor
        public void close() {
            users.close();
        }

        @Arbiter
        public void look(ZII_Result r) {
            r.r2 = QUIET.leaks(users);
            r.r3 = QUIET.takenLate(users);
        }
    }
}
