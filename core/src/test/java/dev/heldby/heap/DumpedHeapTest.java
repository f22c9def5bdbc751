// SPDX-License-Identifier: Apache-2.0
package dev.heldby.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Words are planted, each in another way, and known to this test by their complements alone. */
class DumpedHeapTest {
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static long inAStaticField;

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom();

    private static class Parent {
        final byte before = 1;
        long word;
        Object reference = this;
    }

    private static final class Child extends Parent {
        final short before = 2;
        double number;
    }

    private record Halves(boolean flag, int first, int second) {}

    private static byte[] bytes(long word) {
        return ByteBuffer.allocate(24)
                .order(ByteOrder.nativeOrder())
                .putLong(8, word)
                .array();
    }

    private static Object child(long word, boolean asNumber) {
        Child child = new Child();
        child.word = asNumber ? 0 : word;
        child.number = asNumber ? Double.longBitsToDouble(word) : 0;
        return child;
    }

    private static int low(long word) {
        return (int) (LITTLE ? word : word >>> 32);
    }

    private static int high(long word) {
        return (int) (LITTLE ? word >>> 32 : word);
    }

    private static char[] chars(long word) {
        return ByteBuffer.wrap(bytes(word))
                .order(ByteOrder.nativeOrder())
                .asCharBuffer()
                .toString()
                .toCharArray();
    }

    private static long[] farInside(long word) {
        long[] array = new long[3000];
        array[2049] = word;
        return array;
    }

    /** As an address is: positive, with 47 bits. */
    private long address() {
        return random.nextLong(1L << 40, 1L << 47);
    }

    private static Set<Long> found(Set<Long> complements) throws Exception {
        Set<Long> found = new HashSet<>();
        new DumpedHeap().words(word -> {
            if (complements.contains(~word)) {
                found.add(~word);
            }
        });
        return found;
    }

    @Test
    void should_give_each_word_that_lies_in_an_object_that_lives() throws Exception {
        Map<String, LongFunction<Object>> ways = Map.of(
                "long", word -> word,
                "inherited long", word -> child(word, false),
                "double", word -> child(word, true),
                "long[]", DumpedHeapTest::farInside,
                "double[]", word -> new double[] {1, Double.longBitsToDouble(word)},
                "byte[]", DumpedHeapTest::bytes,
                "char[]", DumpedHeapTest::chars,
                "int[]", word -> new int[] {1, low(word), high(word), 7},
                "two ints", word -> new Halves(true, low(word), high(word)),
                "two ints the other way round", word -> new Halves(true, high(word), low(word)));
        Map<String, Long> planted = new HashMap<>();
        Object[] kept = new Object[ways.size()];
        int[] count = {0};
        ways.forEach((way, plant) -> {
            long word = address();
            kept[count[0]++] = plant.apply(word);
            planted.put(way, ~word);
        });
        inAStaticField = address();
        planted.put("static field", ~inAStaticField);

        Set<Long> found = found(new HashSet<>(planted.values()));

        planted.forEach((way, word) -> assertThat(found).as(way).contains(word));
        Reference.reachabilityFence(kept);
    }

    @Test
    void should_not_give_a_word_when_its_object_is_garbage() throws Exception {
        Set<Long> complements = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            long word = address();
            complements.add(~word);
            farInside(word);
        }

        assertThat(found(complements)).isEmpty();
    }

    @Test
    void should_leave_no_file_behind() throws Exception {
        String before = System.getProperty("java.io.tmpdir");
        System.setProperty("java.io.tmpdir", folder.toString());
        try {
            new DumpedHeap().words(word -> assertThatEmpty());
        } finally {
            System.setProperty("java.io.tmpdir", before);
        }
        assertThatEmpty();
    }

    private void assertThatEmpty() {
        try (Stream<Path> left = Files.list(folder)) {
            if (left.findAny().isPresent()) {
                throw new AssertionError("a file is there while the dump is read");
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** None before Java 21, which has no virtual threads. */
    @TestFactory
    Stream<DynamicTest> should_refuse_when_a_virtual_thread_waits_with_numbers_on_its_stack() {
        return Runtime.version().feature() < 21
                ? Stream.empty()
                : Stream.of(DynamicTest.dynamicTest("should_refuse", this::refuseWhileAVirtualThreadWaits));
    }

    private void refuseWhileAVirtualThreadWaits() throws Exception {
        Thread thread = (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, (Runnable) LockSupport::park);
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        try {
            assertThatThrownBy(() -> new DumpedHeap().words(word -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessage("a virtual thread waits, and a heap dump does not show the numbers on its stack.");
        } finally {
            LockSupport.unpark(thread);
        }
    }

    @Test
    void should_say_where_no_dump_can_be_made() {
        String before = System.getProperty("java.io.tmpdir");
        Path nowhere = folder.resolve("nowhere");
        System.setProperty("java.io.tmpdir", nowhere.toString());
        try {
            assertThatThrownBy(() -> new DumpedHeap().words(word -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("no heap dump could be made in '" + nowhere + "' (")
                    .hasMessageEndingWith(
                            "/nowhere' (there is no such folder): make room there, or start the program with"
                                    + " -Djava.io.tmpdir=FOLDER.");
        } finally {
            System.setProperty("java.io.tmpdir", before);
        }
    }
}
