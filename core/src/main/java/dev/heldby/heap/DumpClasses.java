// SPDX-License-Identifier: Apache-2.0
package dev.heldby.heap;

import dev.heldby.heap.LiveHeap.Visitor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The classes of a heap dump, which come before their objects: their superclasses and the types of their own fields. The values
 * of static fields are words like others. For one thread.
 */
final class DumpClasses {
    private static final int ID = Long.BYTES;
    private static final String STACK_OF_VIRTUAL_THREAD = "jdk/internal/vm/StackChunk";

    private record Layout(long superclass, byte[] fields) {}

    private final Map<Long, Layout> layouts = new HashMap<>();
    private long nameOfStack;
    private long stack;

    void name(DumpInput in, long length) throws IOException {
        long id = in.u8();
        long characters = length - ID;
        if (characters != STACK_OF_VIRTUAL_THREAD.length()) {
            in.skip(characters);
            return;
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < characters; i++) {
            name.append((char) in.u1());
        }
        if (name.toString().equals(STACK_OF_VIRTUAL_THREAD)) {
            nameOfStack = id;
        }
    }

    void load(DumpInput in) throws IOException {
        in.u4();
        long id = in.u8();
        in.u4();
        if (in.u8() == nameOfStack && nameOfStack != 0) {
            stack = id;
        }
    }

    void dump(DumpInput in, Visitor visitor) throws IOException, InterruptedException {
        long id = in.u8();
        in.u4();
        long superclass = in.u8();
        in.skip(5 * ID + 4);
        for (int constants = in.u2(); constants > 0; constants--) {
            in.u2();
            value(in, visitor);
        }
        for (int statics = in.u2(); statics > 0; statics--) {
            in.u8();
            value(in, visitor);
        }
        byte[] fields = new byte[in.u2()];
        for (int i = 0; i < fields.length; i++) {
            in.u8();
            fields[i] = (byte) in.u1();
        }
        layouts.put(id, new Layout(superclass, fields));
    }

    private static void value(DumpInput in, Visitor visitor) throws IOException, InterruptedException {
        byte type = (byte) in.u1();
        if (type == DumpType.LONG || type == DumpType.DOUBLE) {
            visitor.look(in.u8());
        } else {
            in.skip(DumpType.size(type));
        }
    }

    /** @throws IOException with a sentence, if a dump does not show all that such objects hold */
    void checkIsWhole(long id) throws IOException {
        if (id == stack && stack != 0) {
            throw new IOException("a virtual thread waits, and a heap dump does not show the numbers on its stack.");
        }
    }

    /** 0 if it has none. */
    long superclass(long id) throws IOException {
        return layout(id).superclass;
    }

    byte[] fields(long id) throws IOException {
        return layout(id).fields;
    }

    private Layout layout(long id) throws IOException {
        Layout layout = layouts.get(id);
        if (layout == null) {
            throw new IOException("the heap dump has an object of a class that it does not show before.");
        }
        return layout;
    }
}
