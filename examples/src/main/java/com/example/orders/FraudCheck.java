// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.buffer.ByteBuf;

/** Counts the orders that ask for suspiciously much. */
final class FraudCheck implements OrderStep {

    private static final int SUSPICIOUS_QUANTITY = 9;

    private final Ledger ledger;

    FraudCheck(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void accept(ByteBuf body) {
        body.retain();
        try {
            if (Order.from(body).quantity() >= SUSPICIOUS_QUANTITY) {
                ledger.add("suspicious orders", 1);
            }
        } finally {
            body.release();
        }
    }
}
