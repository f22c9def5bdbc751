// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that woven code has given to another thread: the thread's reference to it ends when the work is done. Work
 * that is never done is held for good.
 */
final class Task implements Runnable, Callable<Object>, Supplier<Object> {
    private final Object work;
    private final AtomicReference<Object> held;

    private Task(Object work) {
        this.work = work;
        held = new AtomicReference<>(References.retain(work));
    }

    /** The work to give to the other thread: itself if it holds nothing. */
    static @Nullable Object of(@Nullable Object work) {
        return work == null || References.count(work) == null ? work : new Task(work);
    }

    @Override
    public void run() {
        try {
            ((Runnable) work).run();
        } finally {
            done();
        }
    }

    @Override
    public Object call() throws Exception {
        try {
            return ((Callable<?>) work).call();
        } finally {
            done();
        }
    }

    @Override
    public Object get() {
        try {
            return ((Supplier<?>) work).get();
        } finally {
            done();
        }
    }

    private void done() {
        References.release(held.getAndSet(null));
    }
}
