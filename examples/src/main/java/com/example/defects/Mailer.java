// SPDX-License-Identifier: Apache-2.0
package com.example.defects;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/** Sends mails. Defect: a mail to a bad address is given up without releasing it. */
final class Mailer {

    private final boolean fixed;
    private long bytesSent;

    Mailer(boolean fixed) {
        this.fixed = fixed;
    }

    boolean send(String address) {
        ByteBuf mail = ByteBufAllocator.DEFAULT.directBuffer(64);
        ByteBufUtil.writeUtf8(mail, "To: " + address);
        if (address.indexOf('@') < 0) {
            if (fixed) {
                mail.release();
            }
            return false;
        }
        deliver(mail);
        return true;
    }

    private void deliver(ByteBuf mail) {
        bytesSent += mail.readableBytes();
        mail.release();
    }

    long bytesSent() {
        return bytesSent;
    }
}
