// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench.counted;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Closed by a count that the program keeps by hand, as Netty's buffers do. */
final class RetainedHandles implements HandleWork {
    private static final VarHandle REFERENCES = handle(Handle.class, "references", int.class);
    private static final VarHandle KEPT = handle(RetainedHandles.class, "kept", Handle.class);

    private static long closed;

    private final Handle one = new Handle(1);
    private final Handle two = new Handle(2);
    private volatile Handle kept = one.retain();

    private static VarHandle handle(Class<?> owner, String field, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static final class Handle {
        private final long number;

        @SuppressWarnings("UnusedVariable") // REFERENCES reads it
        private volatile int references = 1;

        Handle(long number) {
            this.number = number;
        }

        long read() {
            return number;
        }

        Handle retain() {
            if ((int) REFERENCES.getAndAdd(this, 1) <= 0) {
                throw new IllegalStateException("The handle is closed.");
            }
            return this;
        }

        void release() {
            int before = (int) REFERENCES.getAndAdd(this, -1);
            if (before == 1) {
                closed++;
            } else if (before <= 0) {
                throw new IllegalStateException("The handle is closed.");
            }
        }
    }

    private Handle kept() {
        return kept.retain();
    }

    @Override
    public long handOver(int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            Handle handle = kept();
            try {
                sum += handle.read();
            } finally {
                handle.release();
            }
        }
        return sum;
    }

    @Override
    public void store(int times) {
        for (int i = 0; i < times; i++) {
            Handle next = i % 2 == 0 ? two : one;
            ((Handle) KEPT.getAndSet(this, next.retain())).release();
        }
    }

    @Override
    public long life(int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            Handle handle = new Handle(i);
            try {
                sum += handle.read();
            } finally {
                handle.release();
            }
        }
        return sum;
    }

    @Override
    public long closed() {
        return closed;
    }
}
