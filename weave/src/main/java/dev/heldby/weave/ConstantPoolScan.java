// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/**
 * Tells from a class file's constant pool whether the class can mention one of some names at all: annotations that it
 * carries, methods that it calls. A class file that is not well formed mentions nothing; the JVM will say what is wrong
 * with it.
 */
final class ConstantPoolScan {
    private static final int COUNT_OFFSET = 8;
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    /* Bytes of each constant after its tag, by tag; JVMS table 4.4-A. */
    private static final int[] SIZES = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2};

    private final byte[][] names;

    ConstantPoolScan(Collection<String> names) {
        this.names = names.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /** Whether one of the names is a constant of that class. */
    boolean finds(byte[] classFile) {
        if (names.length == 0 || classFile.length < COUNT_OFFSET + 2) {
            return false;
        }
        int constants = unsignedShort(classFile, COUNT_OFFSET);
        int at = COUNT_OFFSET + 2;
        for (int i = 1; i < constants && at + 2 < classFile.length; i++) {
            int tag = classFile[at++];
            if (tag == UTF8) {
                int length = unsignedShort(classFile, at);
                if (isName(classFile, at + 2, length)) {
                    return true;
                }
                at += 2 + length;
            } else if (tag < 0 || tag >= SIZES.length || SIZES[tag] == 0) {
                return false;
            } else {
                at += SIZES[tag];
                i += tag == LONG || tag == DOUBLE ? 1 : 0;
            }
        }
        return false;
    }

    private boolean isName(byte[] classFile, int from, int length) {
        for (byte[] name : names) {
            if (name.length == length
                    && from + length <= classFile.length
                    && Arrays.equals(name, 0, length, classFile, from, from + length)) {
                return true;
            }
        }
        return false;
    }

    private static int unsignedShort(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
