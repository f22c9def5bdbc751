// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench.counted;

/** Closed by try-with-resources: no handle may leave the block that made it. */
final class ScopedHandles implements HandleWork {
    private long closed;

    private final class Handle implements AutoCloseable {
        private final long number;

        Handle(long number) {
            this.number = number;
        }

        long read() {
            return number;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    @Override
    public long life(int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            try (Handle handle = new Handle(i)) {
                sum += handle.read();
            }
        }
        return sum;
    }

    @Override
    public long handOver(int times) {
        throw new UnsupportedOperationException("A block shares its handle with nobody.");
    }

    @Override
    public void store(int times) {
        throw new UnsupportedOperationException("A block shares its handle with nobody.");
    }

    @Override
    public long closed() {
        return closed;
    }
}
