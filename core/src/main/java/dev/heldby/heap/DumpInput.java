// SPDX-License-Identifier: Apache-2.0
package dev.heldby.heap;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Big-endian numbers from a stream, through one buffer. The buffer is no larger than what the JDK reads without a copy in native
 * memory, in which addresses would stay.
 */
final class DumpInput {
    private final byte[] buffer = new byte[1 << 13];
    private InputStream stream = InputStream.nullInputStream();
    private int at;
    private int end;
    private long passed;

    void begin(InputStream from) {
        stream = from;
        at = 0;
        end = 0;
        passed = 0;
    }

    void erase() {
        begin(InputStream.nullInputStream());
        Arrays.fill(buffer, (byte) 0);
    }

    /** How many bytes were read or skipped. */
    long position() {
        return passed - (end - at);
    }

    boolean isAtEnd() throws IOException {
        return at == end && !fill();
    }

    private boolean fill() throws IOException {
        int read = stream.read(buffer);
        at = 0;
        end = Math.max(0, read);
        passed += end;
        return read > 0;
    }

    int u1() throws IOException {
        if (isAtEnd()) {
            throw new EOFException("the heap dump was cut off.");
        }
        return buffer[at++] & 0xff;
    }

    int u2() throws IOException {
        return u1() << 8 | u1();
    }

    int u4() throws IOException {
        return u2() << 16 | u2();
    }

    long u8() throws IOException {
        return (long) u4() << 32 | u4() & 0xffff_ffffL;
    }

    void skip(long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            if (isAtEnd()) {
                throw new EOFException("the heap dump was cut off.");
            }
            int step = (int) Math.min(left, end - at);
            at += step;
            left -= step;
        }
    }
}
