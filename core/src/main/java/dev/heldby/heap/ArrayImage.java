// SPDX-License-Identifier: Apache-2.0
package dev.heldby.heap;

import dev.heldby.heap.LiveHeap.Visitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** An array of numbers as it lies in memory, of which a dump has each number big-endian. Piece by piece; for one thread. */
final class ArrayImage {
    private static final int STEP = Integer.BYTES;

    private final ByteBuffer memory = ByteBuffer.allocate(1 << 12).order(ByteOrder.nativeOrder());

    void erase() {
        memory.clear();
        Arrays.fill(memory.array(), (byte) 0);
    }

    /** Gives the words of so many elements, which follow in the dump. */
    void read(DumpInput in, byte type, long length, Visitor visitor) throws IOException, InterruptedException {
        int step = DumpType.size(type) == Long.BYTES ? Long.BYTES : STEP;
        memory.clear();
        for (long i = 0; i < length; i++) {
            put(in, type);
            if (!memory.hasRemaining()) {
                look(step, visitor);
            }
        }
        look(step, visitor);
    }

    private void put(DumpInput in, byte type) throws IOException {
        switch (DumpType.size(type)) {
            case 1 -> memory.put((byte) in.u1());
            case 2 -> memory.putShort((short) in.u2());
            case 4 -> memory.putInt(in.u4());
            default -> memory.putLong(in.u8());
        }
    }

    /** At all words there are by now. What may be a part of another one stays for the next time. */
    private void look(int step, Visitor visitor) throws InterruptedException {
        memory.flip();
        int at = 0;
        for (; at + Long.BYTES <= memory.limit(); at += step) {
            visitor.look(memory.getLong(at));
        }
        memory.position(Math.min(at, memory.limit()));
        memory.compact();
    }
}
