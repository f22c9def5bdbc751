// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.concurrent.Executor;
import java.util.zip.CRC32;

/** Seals every order with a checksum, on a thread of the back office. */
final class AuditLog implements OrderStep {

    private final Executor backOffice;
    private final Ledger ledger;

    AuditLog(Executor backOffice, Ledger ledger) {
        this.backOffice = backOffice;
        this.ledger = ledger;
    }

    @Override
    public void accept(ByteBuf body) {
        body.retain();
        backOffice.execute(() -> seal(body));
    }

    private void seal(ByteBuf body) {
        try {
            CRC32 checksum = new CRC32();
            checksum.update(ByteBufUtil.getBytes(body));
            ledger.add("audit checksums", checksum.getValue());
        } finally {
            body.release();
        }
    }
}
