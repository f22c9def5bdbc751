// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli.path;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shark.HeapField;
import shark.HeapGraph;
import shark.HeapObject.HeapClass;
import shark.HeapObject.HeapInstance;
import shark.HprofRecord.HeapDumpRecord.ObjectRecord.PrimitiveArrayDumpRecord.LongArrayDump;

/**
 * The counted objects of a dump, found by the recorder's lifecycles, which lie in it as well. The names of their fields, and the
 * first word of a trail, are what {@code dev.heldby.recording} has.
 */
final class CountedObjects {
    private static final String PACKAGE = "dev.heldby.recording.";
    private static final String LIFECYCLE = PACKAGE + "Lifecycle";
    private static final String TRAIL = PACKAGE + "Trail";
    private static final String CLOCK = PACKAGE + "Clock";
    private static final int THREAD_BITS = 20;

    private final HeapGraph graph;

    CountedObjects(HeapGraph graph) {
        this.graph = graph;
    }

    Set<Long> of(String type, Instant born) {
        Set<Long> origins = instances(CLOCK)
                .map(clock -> number(clock, CLOCK, "originMillis"))
                .collect(Collectors.toSet());
        Set<Long> found = new HashSet<>();
        instances(LIFECYCLE)
                .filter(life -> type.equals(text(life, "typeName")))
                .filter(life -> origins.contains(born.toEpochMilli() - bornMillis(life)))
                .forEach(life -> found.add(reference(life)));
        found.remove(0L);
        return found;
    }

    private Stream<HeapInstance> instances(String className) {
        HeapClass type = graph.findClassByName(className);
        return type == null ? Stream.empty() : Roots.stream(type.getInstances().iterator());
    }

    /** Since the recorder began; far from all times if it has no history. */
    private static long bornMillis(HeapInstance life) {
        HeapField trail = life.get(LIFECYCLE, "trail");
        HeapInstance events = trail == null ? null : trail.getValueAsInstance();
        HeapField words = events == null ? null : events.get(TRAIL, "words");
        if (words == null || words.getValueAsPrimitiveArray() == null) {
            return Long.MIN_VALUE;
        }
        return words.getValueAsPrimitiveArray().readRecord() instanceof LongArrayDump longs
                ? (longs.getArray()[0] >>> THREAD_BITS) / 1000
                : Long.MIN_VALUE;
    }

    private static long number(HeapInstance of, String className, String name) {
        HeapField field = of.get(className, name);
        Long value = field == null ? null : field.getValue().getAsLong();
        return value == null ? 0 : value;
    }

    private static @Nullable String text(HeapInstance of, String name) {
        HeapField field = of.get(LIFECYCLE, name);
        return field == null ? null : field.getValue().readAsJavaString();
    }

    private static long reference(HeapInstance life) {
        HeapField field = life.get("java.lang.ref.Reference", "referent");
        Long id = field == null ? null : field.getValue().getAsNonNullObjectId();
        return id == null ? 0 : id;
    }
}
