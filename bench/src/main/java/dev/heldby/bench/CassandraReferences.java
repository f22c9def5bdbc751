// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.cassandra.utils.concurrent.Ref;
import org.apache.cassandra.utils.concurrent.RefCounted;

/**
 * Cassandra's: a {@code Ref} to the same resource for each reference.
 *
 * <p>It shows its two stacks to its log only; they are in the fields {@code allocateTrace} and {@code deallocateTrace} of what
 * a {@code Ref} keeps for debugging.
 */
final class CassandraReferences implements References {
    private final Ref<Object> self;

    /** A resource that nothing has to be done for. */
    private static final class Nothing implements RefCounted.Tidy {
        @Override
        public void tidy() {}

        @Override
        public String name() {
            return "bench";
        }
    }

    private CassandraReferences(Ref<Object> self) {
        this.self = self;
    }

    static Supplier<References> resource() {
        Ref<Object> self = new Ref<>(new Object(), new Nothing());
        return () -> new CassandraReferences(self);
    }

    @Override
    public Object take() {
        return self.ref();
    }

    @Override
    public void release(Object reference) {
        ((Ref<?>) reference).release();
    }

    @Override
    public String whileHeld(Object reference) {
        return trace(reference, "allocateTrace");
    }

    @Override
    public String afterRelease(Object reference) {
        String text = trace(reference, "deallocateTrace");
        // The resource is dropped with the proof, and would be called leaked.
        self.release();
        return text;
    }

    private static String trace(Object reference, String name) {
        Object debug = field(field(reference, "state"), "debug");
        return debug == null ? "" : Arrays.toString((StackTraceElement[]) field(debug, name));
    }

    private static Object field(Object object, String name) {
        try {
            Field field = object.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(object);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version keeps its stacks elsewhere than " + name, e);
        }
    }
}
