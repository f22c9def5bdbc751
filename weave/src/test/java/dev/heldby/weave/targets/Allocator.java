// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

/** Methods that hand out addresses and take them back, as a binding to native code has them. */
public class Allocator {
    public static final String RULES = """
            rule test
            blocks dev.heldby.weave.targets.Allocator
              alloc <init> of field handle size 64
              alloc allocate size argument 1
              alloc create(double, int, long) size argument 2
              alloc adopt of argument 2 size argument 3
              alloc anything
              free reallocate of argument 1
              alloc reallocate size argument 2
              free release of argument 2
              free close of field handle
              free renew of field handle
              alloc renew of field handle size argument 1
              free dev.heldby.weave.targets.Allocator$Desk.swap of argument 1
              free dev.heldby.weave.targets.Allocator$Desk.swap of argument 2
            """;

    private long handle;

    Allocator(long handle) {
        Object guard = handle < 0 ? new Object() : null;
        this.handle = guard == null ? handle : 0;
    }

    /** Passed over, as the other one is followed. */
    Allocator() {
        this(8);
    }

    /** Rounds its argument up, as {@code Unsafe} does, and uses more variables. */
    private static long allocate(long bytes) {
        bytes = (bytes + 7) / 8 * 8;
        if (bytes == 0) {
            return 0;
        }
        for (int i = 0; i < 3; i++) {
            long address = i * bytes;
            if (address > 8) {
                return address;
            }
        }
        throw new OutOfMemoryError("none left");
    }

    private long create(double ratio, int bytes, long time) {
        bytes++;
        return time + handle;
    }

    private static void adopt(String owner, long address, int bytes) {
        address++;
        bytes--;
    }

    private static long anything() {
        return 40;
    }

    private static long reallocate(long address, long bytes) {
        bytes = (bytes + 7) / 8 * 8;
        if (bytes < 0) {
            address = 0;
            throw new IllegalArgumentException("less than none");
        }
        try {
            return bytes == 0 ? 0 : 1000 / address;
        } catch (ArithmeticException e) {
            return bytes;
        }
    }

    private synchronized void release(double fee, long address) {
        if (fee < 0) {
            throw new IllegalArgumentException("a negative fee");
        }
        address = 0;
    }

    private void close() {
        handle = 0;
    }

    private void renew(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("less than none");
        }
        handle += bytes;
    }

    /** Another class that gives back. */
    static class Desk {
        static int swap(long one, long two) {
            int[] sizes = {(int) one, (int) two};
            for (int size : sizes) {
                if (size < 0) {
                    throw new IllegalArgumentException("less than none");
                }
            }
            return sizes.length;
        }
    }

    private static void failing(Runnable work) {
        try {
            work.run();
        } catch (IllegalArgumentException | OutOfMemoryError e) {
            return;
        }
        throw new AssertionError("nothing was thrown");
    }

    public static void run() {
        allocations();
        frees();
        reallocations();
    }

    private static void allocations() {
        allocate(13);
        expect("allocated 16 size 13");
        allocate(0);
        expect("allocated 0 size 0");
        failing(() -> allocate(-64));
        expect();
        Allocator target = new Allocator();
        expect("allocated 8 size 64");
        target.create(1, 5, 1L << 40);
        expect("allocated " + ((1L << 40) + 8) + " size 5");
        adopt("me", 24, 9);
        expect("allocated 24 size 9");
        anything();
        expect("allocated 40 size 1");
    }

    private static void frees() {
        Allocator target = new Allocator(16);
        expect("allocated 16 size 64");
        target.release(0, 24);
        expect("freed 24");
        failing(() -> target.release(-1, 24));
        expect("freed 24", "unfreed 24 size 240");
        target.close();
        expect("freed 16");
        Desk.swap(1, 2);
        expect("freed 1", "freed 2");
        failing(() -> Desk.swap(1, -2));
        expect("freed 1", "freed -2", "unfreed 1 size 10", "unfreed -2 size -20");
    }

    private static void reallocations() {
        reallocate(10, 21);
        expect("freed 10", "allocated 100 size 21");
        reallocate(0, 21);
        expect("freed 0", "allocated 24 size 21");
        reallocate(10, 0);
        expect("freed 10", "allocated 0 size 0");
        failing(() -> reallocate(10, -16));
        expect("freed 10", "unfreed 10 size 100");
        Allocator target = new Allocator(16);
        expect("allocated 16 size 64");
        target.renew(4);
        expect("freed 16", "allocated 20 size 4");
        failing(() -> target.renew(-1));
        expect("freed 20", "unfreed 20 size 200");
    }
}
