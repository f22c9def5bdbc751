// SPDX-License-Identifier: Apache-2.0
package com.example.numbered;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.List;

/*
 * A map from numbers to blocks of off-heap memory, whose remove forgets to free the block. To be run with --blocks.
 *
 * Notice:
 *  - no object is lost: the map is alive, and the block of a removed entry is just an address that nobody has any more;
 *  - the report names Map.put, which allocated, and counts the 400 that were removed, or a few less where a word in memory
 *    happens to look like an address; not the 100 that are still in the map;
 *  - a value that is held only by an address in another block is held.
 */
public final class E10_OffHeapMapThatForgets {

    private static Map map;

    private E10_OffHeapMapThatForgets() {}

    public static void main(String[] args) throws Throwable {
        map = new Map(List.of(args).contains("--fixed"));
        for (int key = 0; key < 500; key++) {
            map.put(key, 64 + key);
        }
        for (int key = 0; key < 400; key++) {
            map.remove(key);
        }
        System.out.println("entries left: " + map.size());
    }

    private static final class Map {
        private final boolean fixed;
        private final long[] entries = new long[512];

        Map(boolean fixed) {
            this.fixed = fixed;
        }

        /** An entry is a block with the address of the value, which is another block. */
        void put(int key, int size) throws Throwable {
            long value = (long) Memory.ALLOCATE.invokeExact((long) size);
            long entry = (long) Memory.ALLOCATE.invokeExact(16L);
            Memory.PUT.invokeExact(entry + 8, value);
            entries[key] = entry;
        }

        void remove(int key) throws Throwable {
            if (fixed) {
                Memory.FREE.invokeExact((long) Memory.GET.invokeExact(entries[key] + 8));
            }
            Memory.FREE.invokeExact(entries[key]);
            entries[key] = 0;
        }

        int size() {
            int size = 0;
            for (long entry : entries) {
                size += entry == 0 ? 0 : 1;
            }
            return size;
        }
    }

    /** {@code sun.misc.Unsafe}, by name, since compilers warn of it. */
    private static final class Memory {
        private static final MethodHandle ALLOCATE = method("allocateMemory", long.class, long.class);
        private static final MethodHandle FREE = method("freeMemory", void.class, long.class);
        private static final MethodHandle PUT = method("putLong", void.class, long.class, long.class);
        private static final MethodHandle GET = method("getLong", long.class, long.class);

        private static MethodHandle method(String name, Class<?> result, Class<?>... parameters) {
            try {
                Class<?> type = Class.forName("sun.misc.Unsafe");
                Field unsafe = type.getDeclaredField("theUnsafe");
                unsafe.setAccessible(true);
                return MethodHandles.lookup()
                        .findVirtual(type, name, MethodType.methodType(result, parameters))
                        .bindTo(unsafe.get(null));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
