// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of {@code /proc/self/maps}: where it is, what may be done with it, and what is mapped there. Immutable.
 *
 * @param where its range
 * @param access as the four letters {@code rwxp}, the last one {@code p} or {@code s}
 * @param offset where in the file it begins
 * @param file device and inode; {@link #NO_FILE} of what has none
 * @param name the file's path, a name in brackets, or empty
 */
record Mapping(Region where, String access, long offset, String file, String name) {
    static final String NO_FILE = "00:00 0";

    private static final String DELETED = " (deleted)";

    /** @throws IOException with a sentence, if they cannot be read */
    static List<Mapping> ofThisProcess() throws IOException {
        return parseAll(ProcFile.text("/proc/self/maps"));
    }

    /** Those of the whole text, in order. A line that was read while it changed may overlap the one before, and is cut. */
    static List<Mapping> parseAll(String maps) {
        List<Mapping> mappings = new ArrayList<>();
        long end = 0;
        for (String line : maps.lines().toList()) {
            Mapping mapping = parse(line);
            if (mapping.end() > end) {
                mappings.add(mapping.part(new Region(Math.max(mapping.start(), end), mapping.end())));
                end = mapping.end();
            }
        }
        return mappings;
    }

    /* 7f5c8c000000-7f5c8c021000 rw-p 00000000 00:00 0          a name, which may have blanks */
    private static Mapping parse(String line) {
        String[] fields = line.split(" +", 6);
        if (fields.length < 5) {
            throw new IllegalArgumentException("The line '" + line + "' is none of /proc/self/maps.");
        }
        int dash = fields[0].indexOf('-');
        // What the kernel itself maps at the very top is negative as a long.
        long start = clamp(Long.parseUnsignedLong(fields[0], 0, dash, 16));
        long end = clamp(Long.parseUnsignedLong(fields[0], dash + 1, fields[0].length(), 16));
        long offset = Long.parseUnsignedLong(fields[2], 16);
        String name = fields.length < 6 ? "" : fields[5];
        return new Mapping(new Region(start, end), fields[1], offset, fields[3] + " " + fields[4], name);
    }

    private static long clamp(long address) {
        return address < 0 ? Long.MAX_VALUE : address;
    }

    /** Of that part of its range. */
    Mapping part(Region part) {
        return new Mapping(part, access, offset + (part.start() - start()), file, name);
    }

    long start() {
        return where.start();
    }

    long end() {
        return where.end();
    }

    /** Whether others see what is written there. */
    boolean isShared() {
        return access.charAt(3) == 's';
    }

    /** Whether nothing can be done with it: it is reserved, or a guard. */
    boolean isGuard() {
        return access.startsWith("---");
    }

    boolean hasFile() {
        return !file.equals(NO_FILE);
    }

    boolean isMainStack() {
        return name.equals("[stack]");
    }

    /**
     * Whether a program can keep references there: what it can write, but for shared files and devices. A shared file that has
     * no name any more, or never had one, is memory, and so is the heap of some collectors.
     *
     * <p>Memory with compiled code is writable too and stays in: its stubs keep pointers beside their instructions, and it
     * is small. Relocated tables, which are read-only once they are filled, hold addresses of libraries and nothing else.
     */
    boolean mayHoldReferences() {
        boolean isMemory = !isShared() || name.isEmpty() || name.startsWith("/memfd:") || name.endsWith(DELETED);
        return access.startsWith("rw") && isMemory && !isDevice();
    }

    private boolean isDevice() {
        return name.startsWith("/dev/") && !name.endsWith(DELETED);
    }
}
