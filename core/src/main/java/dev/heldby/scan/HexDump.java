// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.Block;
import dev.heldby.memory.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a block begins, byte by byte. That may be a secret, so only those are shown it who ask. */
final class HexDump {
    private static final int MOST = 32;
    private static final int A_LINE = 16;

    private HexDump() {}

    /** Empty if it cannot be read. */
    static String of(Block block, Memory memory) {
        long start = block.address() & -Long.BYTES;
        long[] words = new long[MOST / Long.BYTES + 1];
        int read = memory.read(start, words, words.length);
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.nativeOrder());
        for (int i = 0; i < read; i++) {
            bytes.putLong(words[i] ^ memory.key());
        }
        int from = (int) (block.address() - start);
        return text(bytes.array(), from, (int) Math.min(bytes.position(), from + Math.min(MOST, block.size())));
    }

    private static String text(byte[] bytes, int from, int end) {
        if (from >= end) {
            return "";
        }
        StringBuilder text = new StringBuilder("  hex dump (first " + (end - from) + " bytes):\n");
        for (int line = from; line < end; line += A_LINE) {
            StringBuilder characters = new StringBuilder();
            text.append("   ");
            for (int i = line; i < line + A_LINE; i++) {
                text.append(i < end ? String.format(" %02x", bytes[i]) : "   ");
                characters.append(i < end ? character(bytes[i]) : "");
            }
            text.append("  ").append(characters).append('\n');
        }
        return text.toString();
    }

    private static char character(byte b) {
        return b >= ' ' && b <= '~' ? (char) b : '.';
    }
}
