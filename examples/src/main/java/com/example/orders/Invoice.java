// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Writes the bill: hands the order to the back office, which finishes with it in stages. */
final class Invoice implements OrderStep {

    private final Executor backOffice;
    private final Ledger ledger;

    Invoice(Executor backOffice, Ledger ledger) {
        this.backOffice = backOffice;
        this.ledger = ledger;
    }

    @Override
    public void accept(ByteBuf body) {
        body.retain();
        CompletableFuture.supplyAsync(() -> Order.from(body), backOffice)
                .thenAccept(order -> ledger.add("pieces invoiced", order.quantity()))
                .whenComplete((done, failure) -> body.release());
    }
}
