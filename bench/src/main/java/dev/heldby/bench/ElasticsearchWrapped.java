// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.lang.reflect.Field;
import java.util.function.Supplier;
import org.elasticsearch.core.AbstractRefCounted;
import org.elasticsearch.core.RefCounted;
import org.elasticsearch.transport.LeakTracker;

/**
 * Elasticsearch's as its own code uses it: the resource's counter, wrapped, so that each {@code incRef} and {@code decRef}
 * makes a record.
 *
 * <p>Records are not told apart by reference, and of some 25 on most are replaced by the next. The leak's text shows them; the
 * leak is a field of the wrapper.
 */
final class ElasticsearchWrapped implements References {
    private final RefCounted counter;

    private ElasticsearchWrapped(RefCounted counter) {
        this.counter = counter;
    }

    static Supplier<References> resource() {
        RefCounted counter = LeakTracker.wrap((RefCounted) AbstractRefCounted.of(() -> {}));
        return () -> new ElasticsearchWrapped(counter);
    }

    @Override
    public Object take() {
        counter.incRef();
        return counter;
    }

    @Override
    public void release(Object reference) {
        ((RefCounted) reference).decRef();
    }

    @Override
    public String whileHeld(Object reference) {
        return leak(reference).toString();
    }

    @Override
    public String afterRelease(Object reference) {
        String text = leak(reference).toString();
        // The wrapper is dropped with the proof, and would be called leaked.
        leak(reference).close();
        return text;
    }

    private static LeakTracker.Leak leak(Object wrapper) {
        try {
            for (Field field : wrapper.getClass().getDeclaredFields()) {
                if (field.getType() == LeakTracker.Leak.class) {
                    field.setAccessible(true);
                    return (LeakTracker.Leak) field.get(wrapper);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version keeps its leak elsewhere", e);
        }
        throw new IllegalStateException("The counter is not wrapped: assertions must be enabled for org.elasticsearch");
    }
}
