// SPDX-License-Identifier: Apache-2.0
package com.example.numbered;

import dev.heldby.counted.Counted;
import java.nio.ByteBuffer;

/*
 * A pool of native memory, whose buffers go back to it when nobody holds them any more. To be run with --counted.
 *
 * Notice:
 *  - the program never gives a buffer back: there is no close() and no try, and a message may be kept by anybody for as long
 *    as it likes. The destructor of a buffer runs when the last reference goes: at the end of a scope, when a field is
 *    overwritten, when an exception leaves a method;
 *  - that is at once and not when a collector runs: a pool of four buffers is enough for a thousand messages;
 *  - Message needs no annotation: what holds a counted object is counted as well;
 *  - without --counted the annotation means nothing, and the pool is empty after four messages.
 */
public final class E11_BuffersThatNobodyCloses {

    private static Message last;

    private E11_BuffersThatNobodyCloses() {}

    public static void main(String[] args) {
        Pool pool = new Pool(4, 256);
        int refused = 0;
        for (int number = 0; number < 1000; number++) {
            try {
                receive(pool, number);
            } catch (IllegalArgumentException e) {
                refused++;
            } catch (IllegalStateException e) {
                System.out.println("message " + number + ": " + e.getMessage());
                return;
            }
        }
        System.out.println(
                "messages refused: " + refused + ", free buffers: " + pool.free() + ", last: " + last.number());
        last = null;
        System.out.println("free buffers in the end: " + pool.free());
    }

    private static void receive(Pool pool, int number) {
        Message message = new Message(pool.take(), number);
        if (number % 10 == 0) {
            throw new IllegalArgumentException("refused");
        }
        last = message;
    }

    private static final class Message {
        private final Buffer buffer;

        Message(Buffer buffer, int number) {
            this.buffer = buffer;
            buffer.memory.putInt(0, number);
        }

        int number() {
            return buffer.memory.getInt(0);
        }
    }

    /** A slice of the pool's memory. */
    @Counted(destructor = "giveBack")
    private static final class Buffer {
        private final Pool pool;
        private final int index;
        private final ByteBuffer memory;

        Buffer(Pool pool, int index, ByteBuffer memory) {
            this.pool = pool;
            this.index = index;
            this.memory = memory;
        }

        void giveBack() {
            pool.taken[index] = false;
        }
    }

    private static final class Pool {
        private final ByteBuffer memory;
        private final boolean[] taken;

        Pool(int buffers, int size) {
            memory = ByteBuffer.allocateDirect(buffers * size);
            taken = new boolean[buffers];
        }

        Buffer take() {
            for (int index = 0; index < taken.length; index++) {
                if (!taken[index]) {
                    taken[index] = true;
                    int size = memory.capacity() / taken.length;
                    return new Buffer(this, index, memory.slice(index * size, size));
                }
            }
            throw new IllegalStateException("no free buffer");
        }

        int free() {
            int free = 0;
            for (boolean one : taken) {
                free += one ? 0 : 1;
            }
            return free;
        }
    }

    /*
     * To run:
     *   heldby run --counted -- java -cp examples/target/classes com.example.numbered.E11_BuffersThatNobodyCloses
     */
}
