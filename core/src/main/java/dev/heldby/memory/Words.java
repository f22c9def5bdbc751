// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Single words of memory, where another program or library keeps something. Used by one thread. */
final class Words {
    private static final int LONGEST_TEXT = 256 / Long.BYTES;

    private final Memory memory;
    private final long[] read = new long[LONGEST_TEXT];

    Words(Memory memory) {
        this.memory = memory;
    }

    /** 0 where nothing can be read. */
    long at(long address) {
        return address > 0 && memory.read(address, read, 1) == 1 ? read[0] ^ memory.key() : 0;
    }

    /** Those from that address on, as many as there is room for; false if not all can be read. */
    boolean fill(long address, long[] words) {
        boolean isRead = address > 0 && memory.read(address, words, words.length) == words.length;
        for (int i = 0; isRead && i < words.length; i++) {
            words[i] ^= memory.key();
        }
        return isRead;
    }

    /** The text from there to its first zero byte, or as much of it as is usual. */
    String textAt(long address) {
        int count = address > 0 ? memory.read(address, read, LONGEST_TEXT) : 0;
        ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.nativeOrder());
        for (int i = 0; i < count; i++) {
            bytes.putLong(read[i] ^ memory.key());
        }
        String text = new String(bytes.array(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
