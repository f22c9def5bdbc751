// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a library in this process exports, by name: the symbols for the dynamic linker in its 64-bit ELF file.
 *
 * <pre>
 *   file     0x28 offset of the section headers     0x3a size of one     0x3c how many
 *   section  4 type    24 offset    32 size    40 number of the section with its names
 *   symbol   0 where its name is among those    8 address, relative to where the library was loaded    24 in all
 * </pre>
 */
final class ElfSymbols {
    private static final int HEADER = 64;
    private static final int SECTIONS = 0x28;
    private static final int SECTION_SIZE = 0x3a;
    private static final int SECTION_COUNT = 0x3c;
    private static final int TYPE = 4;
    private static final int DYNAMIC_SYMBOLS = 11;
    private static final int OFFSET = 24;
    private static final int SIZE = 32;
    private static final int NAMES = 40;
    private static final int SYMBOL = 24;

    /* Not a channel, which an interrupt would close. */
    private final RandomAccessFile file;

    private ElfSymbols(RandomAccessFile file) {
        this.file = file;
    }

    /**
     * The addresses of those whose names begin so.
     *
     * @param library the first of its mappings, where its file begins
     */
    static Map<String, Long> of(Mapping library, String prefix) throws IOException {
        Map<String, Long> addresses = new HashMap<>();
        try (RandomAccessFile file = new RandomAccessFile(library.name(), "r")) {
            new ElfSymbols(file).read((name, value) -> {
                if (name.startsWith(prefix)) {
                    addresses.put(name, library.start() + value);
                }
            });
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException(library.name() + " is no library as it should be.", e);
        }
        return addresses;
    }

    private interface Symbols {
        void symbol(String name, long value);
    }

    private void read(Symbols symbols) throws IOException {
        ByteBuffer header = part(0, HEADER);
        int size = header.getShort(SECTION_SIZE);
        ByteBuffer sections = part(header.getLong(SECTIONS), (long) size * header.getShort(SECTION_COUNT));
        for (int at = 0; at < sections.capacity(); at += size) {
            if (sections.getInt(at + TYPE) == DYNAMIC_SYMBOLS) {
                read(section(sections, at), section(sections, sections.getInt(at + NAMES) * size), symbols);
            }
        }
    }

    private ByteBuffer section(ByteBuffer sections, int at) throws IOException {
        return part(sections.getLong(at + OFFSET), sections.getLong(at + SIZE));
    }

    private ByteBuffer part(long position, long size) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(Math.min(size, file.length()))];
        file.seek(position);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private static void read(ByteBuffer table, ByteBuffer names, Symbols symbols) {
        String text = StandardCharsets.ISO_8859_1.decode(names).toString();
        for (int at = 0; at < table.capacity(); at += SYMBOL) {
            int name = table.getInt(at);
            symbols.symbol(text.substring(name, text.indexOf('\0', name)), table.getLong(at + Long.BYTES));
        }
    }
}
