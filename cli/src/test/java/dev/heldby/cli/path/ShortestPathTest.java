// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.WeakHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paths in one dump of this JVM's own heap, to words that were planted in it. */
class ShortestPathTest {
    /** So that it is no such word itself. */
    private static final long COMPLEMENT = ~0x5a5a_0000_1000L;

    private static final long STEP = 0x1000;

    private static final List<Object> HELD = new ArrayList<>();
    private static final String ROOT = "static " + ShortestPathTest.class.getName() + ".HELD";

    @TempDir
    static Path folder;

    private static Dump dump;

    private record Plain(long word) {}

    private record Real(double number) {}

    private record Halves(int first, int second) {}

    private record Chain(Object next, Object other) {}

    private static final class Cleaning extends PhantomReference<Object> {
        final long[] word;

        Cleaning(long word) {
            super(new Object(), new ReferenceQueue<>());
            this.word = new long[] {word};
        }
    }

    private static long word(int number) {
        return ~COMPLEMENT + number * STEP;
    }

    private static byte[] bytes(long word) {
        return ByteBuffer.allocate(24)
                .order(ByteOrder.nativeOrder())
                .putLong(8, word)
                .array();
    }

    private static char[] chars(long word) {
        return ByteBuffer.wrap(bytes(word))
                .order(ByteOrder.nativeOrder())
                .asCharBuffer()
                .toString()
                .toCharArray();
    }

    private static long[] longs(long word) {
        long[] array = new long[3000];
        array[2049] = word;
        return array;
    }

    private static int[] ints(long word) {
        int[] ints = new int[6];
        ByteBuffer.wrap(bytes(word))
                .order(ByteOrder.nativeOrder())
                .asIntBuffer()
                .get(ints);
        return ints;
    }

    private static Chain chain(Plain near) {
        return new Chain(new Chain(new Chain(near, 1), 2), near);
    }

    @BeforeAll
    static void plant_words_and_dump_the_heap() throws IOException {
        WeakHashMap<Object, Object> map = new WeakHashMap<>();
        map.put(HELD, new Plain(word(9)));
        HELD.addAll(List.of(
                new Plain(word(0)),
                longs(word(1)),
                new Real(Double.longBitsToDouble(word(2))),
                new double[] {1, Double.longBitsToDouble(word(3))},
                bytes(word(4)),
                chars(word(5)),
                ints(word(6)),
                new Halves((int) word(7), (int) (word(7) >>> 32)),
                chain(new Plain(word(8))),
                map,
                new WeakReference<>(new Plain(word(10))),
                new Cleaning(word(12))));
        SoftReference<Object> soft = new SoftReference<>(new Plain(word(11)));
        HELD.add(soft);
        new Plain(word(13)).hashCode();
        Path file = folder.resolve("own.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        dump = Dump.open(file);
    }

    @AfterAll
    static void close() throws IOException {
        HELD.clear();
        dump.close();
    }

    private static List<String> hops(int number) {
        Target target = Target.memory();
        target.range(word(number) - 16, 32, 0);
        Optional<ShortestPath.Found> found = dump.path(target);
        return found.map(ShortestPath.Found::hops).orElse(List.of());
    }

    private static String lastHop(int number) {
        List<String> hops = hops(number);
        assertThat(hops).as("word %d", number).containsSequence(ROOT, "java.util.ArrayList.elementData");
        return hops.get(hops.size() - 1);
    }

    private static String name(Class<?> type) {
        return type.getName();
    }

    @Test
    void should_find_a_word_however_it_is_kept() {
        assertThat(lastHop(0)).isEqualTo(name(Plain.class) + ".word");
        assertThat(lastHop(1)).isEqualTo("long[] [2049]");
        assertThat(lastHop(2)).isEqualTo(name(Real.class) + ".number");
        assertThat(lastHop(3)).isEqualTo("double[] [1]");
        assertThat(lastHop(4)).isEqualTo("byte[] [8]");
        assertThat(lastHop(5)).isEqualTo("char[] [4]");
        assertThat(lastHop(6)).isEqualTo("int[] [2]");
        assertThat(lastHop(7)).startsWith(name(Halves.class) + ".");
    }

    @Test
    void should_take_the_shorter_of_two_paths_and_the_same_one_each_time() {
        List<String> path = hops(8);

        assertThat(path)
                .endsWith(
                        ROOT,
                        "java.util.ArrayList.elementData",
                        "java.lang.Object[] [8]",
                        name(Chain.class) + ".other",
                        name(Plain.class) + ".word");
        assertThat(hops(8)).isEqualTo(path);
    }

    @Test
    void should_follow_what_a_weak_entry_holds_besides() {
        assertThat(hops(9)).contains("java.util.WeakHashMap$Entry.value").last().isEqualTo(name(Plain.class) + ".word");
    }

    @Test
    void should_follow_neither_weak_nor_soft_nor_phantom_references() {
        assertThat(hops(10)).isEmpty();
        assertThat(hops(11)).isEmpty();
        assertThat(hops(12)).isEmpty();
    }

    @Test
    void should_find_nothing_when_the_object_is_garbage() {
        assertThat(hops(13)).isEmpty();
    }

    @Test
    void should_prefer_a_block_that_is_nearer_to_the_end() {
        Target target = Target.memory();
        target.range(word(0), 1, 5);
        target.range(word(9), 1, 0);

        assertThat(dump.path(target).orElseThrow().address()).isEqualTo(word(9));
    }

    @Test
    void should_say_that_a_file_is_no_dump() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.hprof"), "not a dump at all, but long enough to be read");

        assertThatThrownBy(() -> Dump.open(text))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("it is no heap dump");
    }
}
