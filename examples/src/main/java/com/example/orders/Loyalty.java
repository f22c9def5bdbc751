// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;

/** Gives the customer points, on a thread of the back office. */
final class Loyalty implements OrderStep {

    private final Executor backOffice;
    private final Ledger ledger;

    Loyalty(Executor backOffice, Ledger ledger) {
        this.backOffice = backOffice;
        this.ledger = ledger;
    }

    @Override
    public void accept(ByteBuf body) {
        body.retain();
        backOffice.execute(() -> {
            try {
                ledger.add("points", Order.from(body).quantity());
            } finally {
                body.release();
            }
        });
    }
}
