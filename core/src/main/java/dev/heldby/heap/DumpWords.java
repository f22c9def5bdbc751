// SPDX-License-Identifier: Apache-2.0
package dev.heldby.heap;

import dev.heldby.heap.LiveHeap.Visitor;
import java.io.IOException;
import java.io.InputStream;

/**
 * The words of all objects in a heap dump of HotSpot's, in one pass over the file.
 *
 * <p>A word is what a look at memory takes for one: a {@code long} or {@code double}, eight bytes of an array that begin at a
 * fourth one, as arrays do not all begin at an eighth, and two {@code int}s of an object that follow each other, either way
 * round. References are none.
 *
 * <p>Nothing of what was read stays here once it is erased. For one thread.
 */
final class DumpWords {
    private static final int UTF8 = 0x01;
    private static final int LOAD_CLASS = 0x02;
    private static final int HEAP_DUMP = 0x0C;
    private static final int HEAP_DUMP_SEGMENT = 0x1C;

    private static final int CLASS_DUMP = 0x20;
    private static final int INSTANCE_DUMP = 0x21;
    private static final int OBJECT_ARRAY_DUMP = 0x22;
    private static final int PRIMITIVE_ARRAY_DUMP = 0x23;

    private static final int ID = Long.BYTES;
    private static final String MAGIC = "JAVA PROFILE 1.0.";

    private final DumpInput in = new DumpInput();
    private final ArrayImage image = new ArrayImage();
    private DumpClasses classes = new DumpClasses();

    void erase() {
        in.erase();
        image.erase();
        classes = new DumpClasses();
    }

    /** @throws IOException with a sentence */
    void read(InputStream dump, Visitor visitor) throws IOException, InterruptedException {
        in.begin(dump);
        header();
        while (!in.isAtEnd()) {
            int tag = in.u1();
            in.u4();
            long length = in.u4() & 0xffff_ffffL;
            switch (tag) {
                case UTF8 -> classes.name(in, length);
                case LOAD_CLASS -> classes.load(in);
                case HEAP_DUMP, HEAP_DUMP_SEGMENT -> objects(in.position() + length, visitor);
                default -> in.skip(length);
            }
        }
    }

    private void header() throws IOException {
        StringBuilder format = new StringBuilder();
        for (int c = in.u1(); c != 0 && format.length() < MAGIC.length() * 2; c = in.u1()) {
            format.append((char) c);
        }
        int idSize = in.u4();
        in.u8();
        if (!format.toString().startsWith(MAGIC) || idSize != ID) {
            throw new IOException("this JVM's heap dump has the format '" + format + "' with identifiers of " + idSize
                    + " bytes, and 1.0.2 with 8 is known.");
        }
    }

    private void objects(long end, Visitor visitor) throws IOException, InterruptedException {
        while (in.position() < end) {
            int kind = in.u1();
            switch (kind) {
                case 0xFF, 0x05, 0x07 -> in.skip(ID);
                case 0x01 -> in.skip(2 * ID);
                case 0x02, 0x03, 0x08 -> in.skip(ID + 8);
                case 0x04, 0x06 -> in.skip(ID + 4);
                case CLASS_DUMP -> classes.dump(in, visitor);
                case INSTANCE_DUMP -> instance(visitor);
                case OBJECT_ARRAY_DUMP -> objectArray();
                case PRIMITIVE_ARRAY_DUMP -> primitiveArray(visitor);
                default -> throw new IOException("the heap dump has a record of the unknown kind " + kind + ".");
            }
        }
    }

    private void instance(Visitor visitor) throws IOException, InterruptedException {
        in.skip(ID + 4);
        long type = in.u8();
        long end = in.position() + 4 + in.u4();
        classes.checkIsWhole(type);
        for (long at = type; at != 0 && in.position() < end; at = classes.superclass(at)) {
            fields(classes.fields(at), visitor);
        }
        if (in.position() != end) {
            throw new IOException("the heap dump has an object that does not fit its class.");
        }
    }

    private void fields(byte[] types, Visitor visitor) throws IOException, InterruptedException {
        long before = 0;
        for (byte type : types) {
            long after = 0;
            switch (type) {
                case DumpType.LONG, DumpType.DOUBLE -> visitor.look(in.u8());
                case DumpType.INT -> {
                    after = in.u4() & 0xffff_ffffL;
                    visitor.look(before << 32 | after);
                    visitor.look(after << 32 | before);
                }
                default -> in.skip(DumpType.size(type));
            }
            before = after;
        }
    }

    private void objectArray() throws IOException {
        in.skip(ID + 4);
        long length = in.u4() & 0xffff_ffffL;
        in.skip(ID + length * ID);
    }

    private void primitiveArray(Visitor visitor) throws IOException, InterruptedException {
        in.skip(ID + 4);
        long length = in.u4() & 0xffff_ffffL;
        image.read(in, (byte) in.u1(), length, visitor);
    }
}
