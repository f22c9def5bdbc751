// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.buffer.ByteBuf;

/** Puts aside what the state will ask for. */
final class Tax implements OrderStep {

    private static final int CENTS_PER_PIECE = 19;

    private final Ledger ledger;

    Tax(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void accept(ByteBuf body) {
        ByteBuf held = body.retain();
        ledger.add("tax", (long) CENTS_PER_PIECE * Order.from(held).quantity());
        held.release();
    }
}
