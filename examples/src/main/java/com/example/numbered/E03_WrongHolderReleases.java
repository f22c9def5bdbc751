// SPDX-License-Identifier: Apache-2.0
package com.example.numbered;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import java.util.List;

/*
 * Somebody releases what is not its own, and somebody else gets the exception.
 *
 * Notice:
 *  - the exception names the last to release, which is the victim;
 *  - by default the holder retains and releases in a class of its own, and the owner allocates and releases: both are
 *    even, so the one release left over is the culprit's;
 *  - with --ambiguous every release runs in the same class and the retain in none of them: one release is one too many,
 *    and nothing in the program says which. A report should say so, and not guess.
 */
public final class E03_WrongHolderReleases {

    private E03_WrongHolderReleases() {}

    public static void main(String[] args) {
        boolean fixed = List.of(args).contains("--fixed");
        try {
            if (List.of(args).contains("--ambiguous")) {
                ambiguous(fixed);
            } else {
                clear(fixed);
            }
            System.out.println("every release was fine");
        } catch (IllegalReferenceCountException e) {
            System.out.println("one release too many: " + e.getMessage());
        }
    }

    private static void clear(boolean fixed) {
        Owner owner = new Owner();
        Holder holder = new Holder(owner.buffer);
        if (!fixed) {
            Guest.leave(owner.buffer);
        }
        owner.close();
        holder.close();
    }

    private static final class Owner {
        private final ByteBuf buffer = Unpooled.directBuffer(64);

        void close() {
            buffer.release();
        }
    }

    private static final class Holder {
        private final ByteBuf buffer;

        Holder(ByteBuf buffer) {
            this.buffer = buffer.retain();
        }

        void close() {
            buffer.release();
        }
    }

    private static final class Guest {
        static void leave(ByteBuf buffer) {
            buffer.release();
        }
    }

    private static void ambiguous(boolean fixed) {
        ByteBuf buffer = Unpooled.directBuffer(64);
        buffer.retain();
        if (!fixed) {
            first(buffer);
        }
        second(buffer);
        third(buffer);
    }

    private static void first(ByteBuf buffer) {
        buffer.release();
    }

    private static void second(ByteBuf buffer) {
        buffer.release();
    }

    private static void third(ByteBuf buffer) {
        buffer.release();
    }

    /*
     * To run:
     *   heldby run -- java -cp examples/target/heldby-examples.jar com.example.numbered.E03_WrongHolderReleases
     *       [--ambiguous] [--fixed]
     */
}
