// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/** The size of a page, as the kernel told it the process at its start. */
final class PageSize {
    /** The key that stands before it in {@code /proc/self/auxv}. */
    private static final long AT_PAGESZ = 6;

    private PageSize() {}

    /** @throws IOException with a sentence, if it cannot be known */
    static long get() throws IOException {
        LongBuffer pairs = ByteBuffer.wrap(ProcFile.bytes("/proc/self/auxv"))
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
        try {
            while (pairs.get() != AT_PAGESZ) {
                pairs.get();
            }
            return pairs.get();
        } catch (BufferUnderflowException e) {
            throw new IOException(
                    "/proc/self/auxv does not tell the size of a page, so a scan of this process's memory cannot be done.",
                    e);
        }
    }
}
