// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench.counted;

import dev.heldby.counted.Counted;

/** Closed by the weaver's count, without a word in the program. */
final class CountedHandles implements HandleWork {
    private static long closed;

    private final Handle one = new Handle(1);
    private final Handle two = new Handle(2);
    private Handle kept = one;

    @Counted
    static final class Handle {
        private final long number;

        Handle(long number) {
            this.number = number;
        }

        long read() {
            return number;
        }

        void close() {
            closed++;
        }
    }

    private Handle kept() {
        return kept;
    }

    @Override
    public long handOver(int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            Handle handle = kept();
            sum += handle.read();
        }
        return sum;
    }

    @Override
    public void store(int times) {
        for (int i = 0; i < times; i++) {
            kept = i % 2 == 0 ? two : one;
        }
    }

    @Override
    public long life(int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            Handle handle = new Handle(i);
            sum += handle.read();
        }
        return sum;
    }

    @Override
    public long closed() {
        return closed;
    }
}
