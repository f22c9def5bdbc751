// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.buffer.ByteBuf;

/** Counts orders and bytes. */
final class Metrics implements OrderStep {

    private final Ledger ledger;

    Metrics(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void accept(ByteBuf body) {
        body.retain();
        ledger.add("orders", 1);
        ledger.add("bytes", body.readableBytes());
        body.release();
    }
}
