// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli.path;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import shark.HeapField;
import shark.HeapObject;
import shark.HeapObject.HeapClass;
import shark.HeapObject.HeapInstance;
import shark.HeapObject.HeapObjectArray;
import shark.HeapObject.HeapPrimitiveArray;
import shark.HeapValue;
import shark.HprofRecord.HeapDumpRecord.ObjectRecord.PrimitiveArrayDumpRecord;
import shark.HprofRecord.HeapDumpRecord.ObjectRecord.PrimitiveArrayDumpRecord.ByteArrayDump;
import shark.HprofRecord.HeapDumpRecord.ObjectRecord.PrimitiveArrayDumpRecord.CharArrayDump;
import shark.HprofRecord.HeapDumpRecord.ObjectRecord.PrimitiveArrayDumpRecord.DoubleArrayDump;
import shark.HprofRecord.HeapDumpRecord.ObjectRecord.PrimitiveArrayDumpRecord.IntArrayDump;
import shark.HprofRecord.HeapDumpRecord.ObjectRecord.PrimitiveArrayDumpRecord.LongArrayDump;
import shark.HprofRecord.HeapDumpRecord.ObjectRecord.PrimitiveArrayDumpRecord.ShortArrayDump;

/**
 * What an object holds: other objects, and words that may be addresses of off-heap memory.
 *
 * <p>What a {@code java.lang.ref.Reference} refers to is not held by it, and what a phantom reference has besides is there to be
 * cleaned up: neither is followed.
 */
final class References {
    private static final String REFERENCE = "java.lang.ref.Reference";
    private static final String PHANTOM = "java.lang.ref.PhantomReference";
    /** HeldBy's records of objects. */
    private static final String OWN = "dev.heldby.recording.";

    private final Visitor visitor;

    /** Is told of each, with the field or the index where it lies. */
    interface Visitor {
        void object(Place place, long id);

        void word(Place place, long word);
    }

    /** A field, or an index where that is null. */
    record Place(@Nullable HeapField field, long index) {
        @Override
        public String toString() {
            return field == null ? " [" + index + "]" : "." + field.getName();
        }
    }

    private References(Visitor visitor) {
        this.visitor = visitor;
    }

    static void each(HeapObject object, Visitor visitor) {
        References references = new References(visitor);
        if (object instanceof HeapInstance instance) {
            references.instance(instance);
        } else if (object instanceof HeapClass type) {
            references.fields(type.readStaticFields().iterator());
        } else if (object instanceof HeapObjectArray array) {
            references.elements(array.readElements().iterator());
        } else if (object instanceof HeapPrimitiveArray array) {
            references.words(array.readRecord());
        }
    }

    private void instance(HeapInstance instance) {
        if (!instance.instanceOf(PHANTOM) && !instance.getInstanceClassName().startsWith(OWN)) {
            fields(instance.readFields().iterator());
        }
    }

    private void fields(Iterator<HeapField> fields) {
        Integer before = null;
        while (fields.hasNext()) {
            HeapField field = fields.next();
            HeapValue value = field.getValue();
            Integer after = value.getAsInt();
            Place place = new Place(field, 0);
            if (value.isNonNullReference()) {
                if (!field.getDeclaringClass().getName().equals(REFERENCE)) {
                    visitor.object(place, reference(value));
                }
            } else if (value.getAsLong() != null) {
                visitor.word(place, value.getAsLong());
            } else if (value.getAsDouble() != null) {
                visitor.word(place, Double.doubleToRawLongBits(value.getAsDouble()));
            } else if (before != null && after != null) {
                visitor.word(place, word(before, after));
                visitor.word(place, word(after, before));
            }
            before = after;
        }
    }

    private static long reference(HeapValue value) {
        Long id = value.getAsNonNullObjectId();
        return id == null ? 0 : id;
    }

    private static long word(int high, int low) {
        return (long) high << 32 | low & 0xffff_ffffL;
    }

    private void elements(Iterator<HeapValue> elements) {
        for (long i = 0; elements.hasNext(); i++) {
            HeapValue element = elements.next();
            if (element.isNonNullReference()) {
                visitor.object(new Place(null, i), reference(element));
            }
        }
    }

    /** As they lie in memory: any eight bytes that begin at a fourth one, as arrays begin at either half of a word. */
    private void words(PrimitiveArrayDumpRecord array) {
        int size = array.getSize();
        if (array instanceof LongArrayDump longs) {
            for (int i = 0; i < size; i++) {
                visitor.word(new Place(null, i), longs.getArray()[i]);
            }
        } else if (array instanceof DoubleArrayDump doubles) {
            for (int i = 0; i < size; i++) {
                visitor.word(new Place(null, i), Double.doubleToRawLongBits(doubles.getArray()[i]));
            }
        } else if (array instanceof ByteArrayDump bytes) {
            words(ByteBuffer.wrap(bytes.getArray()), 1);
        } else if (array instanceof CharArrayDump chars) {
            ByteBuffer memory = memory(2L * size);
            memory.asCharBuffer().put(chars.getArray());
            words(memory, 2);
        } else if (array instanceof ShortArrayDump shorts) {
            ByteBuffer memory = memory(2L * size);
            memory.asShortBuffer().put(shorts.getArray());
            words(memory, 2);
        } else if (array instanceof IntArrayDump ints) {
            ByteBuffer memory = memory(4L * size);
            memory.asIntBuffer().put(ints.getArray());
            words(memory, 4);
        }
    }

    private static ByteBuffer memory(long bytes) {
        return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }

    private void words(ByteBuffer memory, int elementSize) {
        ByteBuffer words = memory.order(ByteOrder.nativeOrder());
        for (int at = 0; at + Long.BYTES <= words.capacity(); at += Integer.BYTES) {
            visitor.word(new Place(null, at / elementSize), words.getLong(at));
        }
    }
}
