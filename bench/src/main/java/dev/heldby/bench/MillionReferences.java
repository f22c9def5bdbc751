// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import dev.heldby.tracker.Directory;
import dev.heldby.tracker.Tracker;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A million references to one resource that are held at the same time: 999,000 taken by one stack, the others by a thousand.
 *
 * <p>Each part is done once in a JVM of its own and without a warm-up, as it would be in a program that runs into it.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class MillionReferences {
    private static final int REFERENCES = 1_000_000;
    private static final int RARE_STACKS = 1000;
    /** Bits enough to tell so many stacks apart. */
    private static final int TURNS = 10;

    /** None held yet. */
    @State(Scope.Benchmark)
    public static class Free {
        final Directory directory = Directory.named("bench");
        final Tracker[] taken = new Tracker[REFERENCES];

        /** All, at their stacks. */
        void take() {
            for (int i = 0; i < REFERENCES; i++) {
                taken[i] = i % RARE_STACKS == 0 ? left(TURNS, i / RARE_STACKS) : directory.take();
            }
        }

        private Tracker left(int turns, int way) {
            return turns == 0 ? directory.take() : turn(turns - 1, way);
        }

        private Tracker right(int turns, int way) {
            return turns == 0 ? directory.take() : turn(turns - 1, way);
        }

        private Tracker turn(int turns, int way) {
            return (way >> turns & 1) == 0 ? left(turns, way) : right(turns, way);
        }

        /** All that are held. */
        void release() {
            for (Tracker tracker : taken) {
                tracker.release();
            }
        }

        /** Makes sure that it was what it was meant to be. */
        @TearDown
        public void verify() {
            if (directory.held() != 0 && directory.held() != REFERENCES) {
                throw new IllegalStateException(
                        directory.held() + " references are held, which is neither all nor none");
            }
        }
    }

    /** All held. */
    @State(Scope.Benchmark)
    public static class Held extends Free {

        /** Takes them. */
        @Setup(Level.Iteration)
        public void hold() {
            take();
        }
    }

    /** Takes all. */
    @Benchmark
    public int take(Free references) {
        references.take();
        return references.directory.held();
    }

    /** Prints all, with every stack. */
    @Benchmark
    public String report(Held references) {
        return references.directory.report(Integer.MAX_VALUE);
    }

    /** Releases all. */
    @Benchmark
    public int release(Held references) {
        references.release();
        return references.directory.held();
    }
}
