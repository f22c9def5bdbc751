// SPDX-License-Identifier: Apache-2.0
package shop;

import dev.heldby.junit.HeldByExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(HeldByExtension.class)
class UploadTests {

    @Test
    void refusesWhatIsTooLong() {
        receive(900);
    }

    private static void receive(int length) {
        ByteBuf body = PooledByteBufAllocator.DEFAULT.buffer(1024).writeZero(length);
        if (body.readableBytes() > 512) {
            return; // refused, and body forgotten
        }
        body.release();
    }
}
