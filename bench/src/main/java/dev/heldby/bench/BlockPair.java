// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A block of 64 bytes is allocated and freed, by {@code Unsafe}, through the door that the agent weaves into it, or not. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BlockPair {
    /** Both. */
    @Benchmark
    public void pair() throws Throwable {
        Leaks.free(Leaks.allocate(64));
    }
}
