// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench.counted;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to hand a handle over, to store one, and to make and close one. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class HandleCosts {
    private static final int TIMES = 1000;

    @Param
    Closing closing;

    private HandleWork work;

    /** Opens it, once it is known that it closes what it should. */
    @Setup
    public void open() {
        work = closing.open();
        long before = work.closed();
        work.life(1);
        if (work.closed() != before + 1) {
            throw new IllegalStateException("A handle was closed " + (work.closed() - before) + " times.");
        }
    }

    /** From a field to a local variable, and back. */
    @Benchmark
    @OperationsPerInvocation(TIMES)
    public long handOver() {
        return work.handOver(TIMES);
    }

    /** Into a field, over another one. */
    @Benchmark
    @OperationsPerInvocation(TIMES)
    public void store() {
        work.store(TIMES);
    }

    /** From its birth to its end. */
    @Benchmark
    @OperationsPerInvocation(TIMES)
    public long life() {
        return work.life(TIMES);
    }
}
