// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A reference is taken and released, by each thread its own ones, all to one resource.
 *
 * <p>The recursion that makes the stack deep is paid once for many pairs.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TakeAndRelease {
    private static final int PAIRS = 1000;

    /** The one resource. */
    @State(Scope.Benchmark)
    public static class Resource {
        @Param
        Follower follower;

        /** Frames under the one that takes and releases. */
        @Param({"10", "60"})
        int depth;

        private Supplier<References> resource;

        /** Opens it, once it is known that both stacks are recorded where they are said to be. */
        @Setup
        public void open() {
            Proof.of(follower);
            resource = follower.open();
        }
    }

    /** The references of a thread. */
    @State(Scope.Thread)
    public static class Own {
        private References references;
        private int depth;

        /** Makes them. */
        @Setup
        public void of(Resource shared) {
            references = shared.resource.get();
            depth = shared.depth;
        }

        private void deeper(int frames, Blackhole sink) {
            if (frames == 0) {
                manyPairs(sink);
            } else {
                deeper(frames - 1, sink);
            }
        }

        private void manyPairs(Blackhole sink) {
            for (int i = 0; i < PAIRS; i++) {
                Object reference = references.take();
                sink.consume(reference);
                references.release(reference);
            }
        }
    }

    /** Pairs, deep below. */
    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public void pair(Own own, Blackhole sink) {
        own.deeper(own.depth, sink);
    }
}
