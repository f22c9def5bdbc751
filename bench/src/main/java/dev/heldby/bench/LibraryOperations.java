// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import dev.heldby.count.SaturatingCount;
import dev.heldby.handle.Handle;
import dev.heldby.history.CountHistory;
import dev.heldby.history.Histories;
import dev.heldby.slot.Slot;
import dev.heldby.slot.SlotCounter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Operations on references to one object, which another reference keeps alive; those whose names begin with {@code plain}
 * are what a program does in their place that nothing follows.
 *
 * <p>No field is final, so that each operation starts with reading where the object, its handle or its count is.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class LibraryOperations {
    @Param
    Follower follower;

    private Toy object = new Toy();
    private Numbered direct = object;
    private AtomicInteger plainCount = new AtomicInteger(1);
    private SaturatingCount count = new SaturatingCount(1);
    private Handle<Toy> handle = Handle.of(object, destroyed -> destroyed.number = 0);
    private Numbered view = handle.view(Numbered.class);
    private CountHistory history = CountHistory.of(object, "toy");
    private SlotCounter counter = new SlotCounter("toys", new Slot("creator"));
    private Slot slot = new Slot("slot");

    /** What is called directly or by a view. */
    public interface Numbered {

        int number();
    }

    private static final class Toy implements Numbered {
        int number = 42;

        @Override
        public int number() {
            return number;
        }
    }

    /** Makes sure that stacks are recorded where they are said to be, and only there. */
    @Setup
    public void prove() {
        String constructor = LibraryOperations.class.getName() + ".<init>(";
        boolean bySlot = counter.dump().contains(constructor);
        boolean byHistory = Histories.ofProcess().report(true).contains(constructor);
        if (bySlot != follower.recordsStacks() || byHistory != follower.recordsStacks()) {
            throw new IllegalStateException("\"" + follower.shown() + "\" must "
                    + (follower.recordsStacks() ? "" : "not ") + "record stacks here; recorded for the slot: " + bySlot
                    + ", for the history: " + byHistory + ".");
        }
    }

    /** Makes sure that every pair was one. */
    @TearDown
    public void verify() {
        int left = plainCount.get() + count.get() + handle.count() + history.count() + counter.value();
        if (left != 5) {
            throw new IllegalStateException("Five counts of one reference each add up to " + left + ".");
        }
    }

    /** Reads a field of the object. */
    @Benchmark
    public int plainRead() {
        return object.number;
    }

    /** Reads it through a handle. */
    @Benchmark
    public int read() {
        return handle.get().number;
    }

    /** Calls the object by an interface. */
    @Benchmark
    public int plainCall() {
        return direct.number();
    }

    /** Calls it by a view. */
    @Benchmark
    public int call() {
        return view.number();
    }

    /** Counts up and down. */
    @Benchmark
    public boolean plainPair() {
        plainCount.incrementAndGet();
        return plainCount.decrementAndGet() == 0;
    }

    /** The same, checked. */
    @Benchmark
    public boolean count() {
        count.increment();
        return count.decrementAndTest();
    }

    /** Makes another handle, and closes it. */
    @Benchmark
    public void handle(Blackhole sink) {
        Handle<Toy> another = handle.retain();
        sink.consume(another);
        another.close();
    }

    /** A get and a put that are written down. */
    @Benchmark
    public boolean history() {
        history.get();
        return history.put();
    }

    /** A get and a put of a slot. */
    @Benchmark
    public boolean slot() {
        counter.get(slot);
        return counter.put(slot);
    }
}
