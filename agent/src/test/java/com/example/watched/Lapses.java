// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Sends parcels that a shelf holds as well. As {@code late}, each method looks at its parcel once more when it has given it back, which goes
 * well since the shelf still holds it; else it looks first. As {@code lossy}, it loses some parcels before.
 */
public final class Lapses {
    private static final int PARCELS = 20;

    private final Queue<ByteBuf> shelf = new ArrayDeque<>();
    private final boolean late;
    private int seen;

    private Lapses(boolean late) {
        this.late = late;
    }

    public static void main(String[] args) throws InterruptedException {
        Lapses lapses = new Lapses(args[0].equals("late"));
        if (args.length > 1) {
            lapses.lose();
        }
        for (int i = 0; i < PARCELS; i++) {
            lapses.send(i);
            lapses.pass(lapses.parcel(i));
            lapses.hand(lapses.parcel(i));
            lapses.clear();
        }
        System.out.println(lapses.seen);
    }

    private void lose() throws InterruptedException {
        for (int i = 0; i < PARCELS; i++) {
            PooledByteBufAllocator.DEFAULT.buffer(16).writeInt(i);
            send(i);
            clear();
            System.gc();
            Thread.sleep(20);
        }
    }

    private ByteBuf parcel(int number) {
        ByteBuf parcel = PooledByteBufAllocator.DEFAULT.buffer(16).writeInt(number);
        keep(parcel);
        return parcel;
    }

    private void keep(ByteBuf parcel) {
        shelf.add(parcel.retain());
    }

    private void clear() {
        for (ByteBuf kept = shelf.poll(); kept != null; kept = shelf.poll()) {
            kept.release();
        }
    }

    private void send(int number) {
        ByteBuf parcel = parcel(number);
        if (!late) {
            seen += parcel.getInt(0);
        }
        parcel.release();
        if (late) {
            seen += parcel.getInt(0);
        }
    }

    private void pass(Object message) {
        ByteBuf parcel = (ByteBuf) message;
        try {
            if (!late) {
                seen += ByteBufUtil.hexDump(parcel).length();
            }
        } finally {
            ReferenceCountUtil.safeRelease(message);
        }
        if (late) {
            seen += ByteBufUtil.hexDump(parcel).length();
        }
    }

    /** The parcel's second reference has a variable of its own, which gives it back when both are done. */
    private void hand(ByteBuf parcel) {
        ByteBuf other = parcel.retain();
        parcel.release();
        seen += late ? parcel.readableBytes() + parcel.getByte(1) : other.getByte(1);
        other.release();
    }
}
