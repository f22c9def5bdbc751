// SPDX-License-Identifier: Apache-2.0
package dev.heldby.count;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.heldby.stress.QuietWitness;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** What {@link SaturatingCount} promises to threads that meet. */
public final class SaturatingCountStress {
    private static final Misuses MISUSES = new Misuses(new QuietWitness("count").witness);

    private SaturatingCountStress() {}

    private static SaturatingCount count(int initial) {
        return new SaturatingCount("Session", initial, MISUSES);
    }

    /** Of two that give back the last two references, one sees zero. */
    @JCStressTest
    @State
    @Outcome(id = "true, false, 0", expect = ACCEPTABLE, desc = "The first thread came last.")
    @Outcome(id = "false, true, 0", expect = ACCEPTABLE, desc = "The second thread came last.")
    @Outcome(expect = FORBIDDEN, desc = "Both see zero and free the object, or neither does, or a decrement was lost.")
    public static class LastPuts {
        private final SaturatingCount count = count(2);

        @Actor
        public void put(ZZI_Result r) {
            r.r1 = count.decrementAndTest();
        }

        @Actor
        public void putToo(ZZI_Result r) {
            r.r2 = count.decrementAndTest();
        }

        @Arbiter
        public void look(ZZI_Result r) {
            r.r3 = count.get();
        }
    }

    /** Nothing is taken any more once the last reference is given back. */
    @JCStressTest
    @State
    @Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "Taken in time, so that it was not the last.")
    @Outcome(id = "false, true, 0", expect = ACCEPTABLE, desc = "Found at zero.")
    @Outcome(expect = FORBIDDEN, desc = "The object is freed though someone took a reference, or not freed at all.")
    public static class TakenAtLastPut {
        private final SaturatingCount count = count(1);

        @Actor
        public void take(ZZI_Result r) {
            r.r1 = count.incrementUnlessZero();
        }

        @Actor
        public void put(ZZI_Result r) {
            r.r2 = count.decrementAndTest();
        }

        @Arbiter
        public void look(ZZI_Result r) {
            r.r3 = count.get();
        }
    }

    /** The same where the last reference is given back only if it is the last. */
    @JCStressTest
    @State
    @Outcome(id = "true, false, 2", expect = ACCEPTABLE, desc = "Taken in time, so that it was not the last.")
    @Outcome(id = "false, true, 0", expect = ACCEPTABLE, desc = "Found at zero.")
    @Outcome(expect = FORBIDDEN, desc = "The object is freed though someone took a reference, or not freed at all.")
    public static class TakenAtPutIfOne {
        private final SaturatingCount count = count(1);

        @Actor
        public void take(ZZI_Result r) {
            r.r1 = count.incrementUnlessZeroAcquire();
        }

        @Actor
        public void put(ZZI_Result r) {
            r.r2 = count.decrementIfOne();
        }

        @Arbiter
        public void look(ZZI_Result r) {
            r.r3 = count.get();
        }
    }

    /** Of two that want the last reference below a limit, one gets it. */
    @JCStressTest
    @State
    @Outcome(id = "true, false, 2", expect = ACCEPTABLE, desc = "The first thread took it.")
    @Outcome(id = "false, true, 2", expect = ACCEPTABLE, desc = "The second thread took it.")
    @Outcome(expect = FORBIDDEN, desc = "The limit is exceeded, or nobody got up to it.")
    public static class TakenUpToLimit {
        private final SaturatingCount count = count(1);

        @Actor
        public void take(ZZI_Result r) {
            r.r1 = count.incrementUnlessZeroLimitedAcquire(2);
        }

        @Actor
        public void takeToo(ZZI_Result r) {
            r.r2 = count.incrementUnlessZeroLimitedAcquire(2);
        }

        @Arbiter
        public void look(ZZI_Result r) {
            r.r3 = count.get();
        }
    }

    /** Once saturated, always saturated, whoever counts on meanwhile. */
    @JCStressTest
    @State
    @Outcome(id = "true, false, -1073741824", expect = ACCEPTABLE, desc = "Still saturated.")
    @Outcome(expect = FORBIDDEN, desc = "The count came back, or its object is freed.")
    public static class Saturated {
        private final SaturatingCount count = count(SaturatingCount.SATURATED);

        @Actor
        public void take(ZZI_Result r) {
            count.increment();
            r.r1 = count.incrementUnlessZero();
        }

        @Actor
        public void put(ZZI_Result r) {
            r.r2 = !count.decrementUnlessOne() || count.decrementAndTest();
        }

        @Arbiter
        public void look(ZZI_Result r) {
            r.r3 = count.get();
        }
    }

    /** Of two increments with room for one, the later saturates the count. */
    @JCStressTest
    @State
    @Outcome(id = "-1073741824", expect = ACCEPTABLE, desc = "Saturated.")
    @Outcome(expect = FORBIDDEN, desc = "The count wrapped, or an increment was lost.")
    public static class Overflow {
        private final SaturatingCount count = count(SaturatingCount.MAX - 1);

        @Actor
        public void take() {
            count.increment();
        }

        @Actor
        public void takeToo() {
            count.increment();
        }

        @Arbiter
        public void look(I_Result r) {
            r.r1 = count.get();
        }
    }

    /** Whoever sees zero sees what the other did before it gave its reference back. */
    @JCStressTest
    @State
    @Outcome(id = "7, -1", expect = ACCEPTABLE, desc = "The first thread came last.")
    @Outcome(id = "-1, 7", expect = ACCEPTABLE, desc = "The second thread came last.")
    @Outcome(expect = FORBIDDEN, desc = "An object is freed before another thread's writes to it are seen.")
    public static class WrittenBeforePut {
        private final SaturatingCount count = count(2);
        private int first;
        private int second;

        @Actor
        public void put(II_Result r) {
            first = 7;
            r.r1 = count.decrementAndTest() ? second : -1;
        }

        @Actor
        public void putToo(II_Result r) {
            second = 7;
            r.r2 = count.decrementAndTest() ? first : -1;
        }
    }

    /** Whoever finds an object that was initialized again sees it initialized. */
    @JCStressTest
    @State
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "Not found yet.")
    @Outcome(id = "7", expect = ACCEPTABLE, desc = "Found.")
    @Outcome(expect = FORBIDDEN, desc = "A reference was taken to what is not initialized yet.")
    public static class UsedAgain {
        private final SaturatingCount count = count(0);
        private int object;

        @Actor
        public void initialize() {
            object = 7;
            count.setRelease(1);
        }

        @Actor
        public void find(I_Result r) {
            r.r1 = count.incrementUnlessZeroAcquire() ? object : -1;
        }
    }

    /** Of two that give back the last two references, one sees zero, and then holds the lock. */
    @JCStressTest
    @State
    @Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "The first thread came last, under the lock.")
    @Outcome(id = "false, true, 1", expect = ACCEPTABLE, desc = "The second thread came last, under the lock.")
    @Outcome(
            expect = FORBIDDEN,
            desc = "Both free the object, or neither does, or the lock is not held or left locked.")
    public static class LockedLastPuts {
        private final SaturatingCount count = count(2);
        private final ReentrantLock lock = new ReentrantLock();
        private int freed;

        @Actor
        public void put(ZZI_Result r) {
            r.r1 = free();
        }

        @Actor
        public void putToo(ZZI_Result r) {
            r.r2 = free();
        }

        private boolean free() {
            boolean isLast = count.decrementAndLock(lock);
            if (isLast && lock.isHeldByCurrentThread()) {
                freed++;
                lock.unlock();
            }
            return isLast;
        }

        @Arbiter
        public void look(ZZI_Result r) {
            r.r3 = lock.isLocked() ? -1 : freed;
        }
    }

    /** Whoever holds the lock finds no object at zero. */
    @JCStressTest
    @State
    @Outcome(id = "true, false, 0", expect = ACCEPTABLE, desc = "Removed before it was looked up.")
    @Outcome(id = "false, true, 1", expect = ACCEPTABLE, desc = "Found in time, so that it was not the last.")
    @Outcome(expect = FORBIDDEN, desc = "Found at zero, while it is about to be freed.")
    public static class LookedUp {
        private final SaturatingCount count = count(1);
        private final ReentrantLock lock = new ReentrantLock();
        private boolean removed;

        @Actor
        public void put(ZZI_Result r) {
            r.r1 = count.decrementAndLock(lock);
            if (r.r1) {
                removed = true;
                lock.unlock();
            }
        }

        @Actor
        public void find(ZZI_Result r) {
            lock.lock();
            r.r2 = !removed;
            if (r.r2) {
                count.increment();
            }
            lock.unlock();
        }

        @Arbiter
        public void look(ZZI_Result r) {
            r.r3 = count.get();
        }
    }
}
