// SPDX-License-Identifier: Apache-2.0
package dev.heldby.heap;

import java.io.IOException;

/** The types of fields and elements in a heap dump, and how many bytes one takes there. */
final class DumpType {
    static final byte OBJECT = 2;
    static final byte BOOLEAN = 4;
    static final byte CHAR = 5;
    static final byte FLOAT = 6;
    static final byte DOUBLE = 7;
    static final byte BYTE = 8;
    static final byte SHORT = 9;
    static final byte INT = 10;
    static final byte LONG = 11;

    private DumpType() {}

    static int size(byte type) throws IOException {
        return switch (type) {
            case BOOLEAN, BYTE -> 1;
            case CHAR, SHORT -> 2;
            case FLOAT, INT -> 4;
            case OBJECT, DOUBLE, LONG -> 8;
            default -> throw new IOException("the heap dump has a value of the unknown type " + type + ".");
        };
    }
}
