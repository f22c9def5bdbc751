// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnapshotFileTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:15:30.123456789Z");
    private static final List<StackTraceElement> BIRTH = List.of(
            new StackTraceElement("io.netty.Pool", "newObject", null, -1),
            new StackTraceElement("app.Native", "call", "Native.java", -2),
            new StackTraceElement("app.Main", "main", "Main.java", 70_000));
    private static final List<StackTraceElement> DEATH =
            List.of(new StackTraceElement("app.Main", "main", "Main.java", 70_001));

    private static final Snapshot SNAPSHOT = new Snapshot(
            "0.1.0",
            "run",
            new Snapshot.Jvm(4711, "17.0.15", null, NOW),
            NOW.plusSeconds(60),
            new Coverage(Long.MAX_VALUE, 3, 2, -1, List.of("The probe of \u201cnetty\u201d failed.")),
            List.of(new RuleTraits("netty", "", List.of("io.netty.buffer."), List.of())),
            List.of(new Observation(
                    Observation.State.LAPSED_USE,
                    "io.netty.Buf",
                    "netty",
                    17,
                    4096,
                    NOW,
                    null,
                    "saturated",
                    history(7))),
            List.of(new Healthy(
                    "netty",
                    BIRTH,
                    12_041,
                    List.of(new Healthy.FinalPut(DEATH, 12_041)),
                    List.of(new Healthy.Example(history(0), 12_041)))),
            List.of(new ReleaseCall("netty", "app.Main", "close", null, -1, List.of(7, 12))));

    private static History history(int dropped) {
        return new History(
                List.of(
                        new Event(Op.BORN, 1, "main", NOW, BIRTH, false),
                        new Event(Op.PUT, 0, "main", NOW, DEATH, true),
                        new Event(Op.USE, 0, null, NOW, List.of(), false)),
                dropped,
                dropped / 2);
    }

    private static byte[] bytes(Snapshot snapshot) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SnapshotFile.write(snapshot, out);
        return out.toByteArray();
    }

    private static Snapshot read(byte[] bytes) throws IOException {
        return SnapshotFile.read(new ByteArrayInputStream(bytes));
    }

    @Test
    void should_give_back_an_equal_snapshot_when_written_and_read() throws IOException {
        assertThat(read(bytes(SNAPSHOT))).isEqualTo(SNAPSHOT);
    }

    @Test
    void should_give_back_what_is_known_of_off_heap_memory() throws IOException {
        Observation seen = SNAPSHOT.observations().get(0);
        LostBlocks blocks = new LostBlocks(16, 4_096, 5_000, 65_000, -1, 0, 3, List.of("00 41  .A"));
        Observation lost = new Observation(
                Observation.State.UNREFERENCED,
                "off-heap memory",
                "memory",
                2,
                4_112,
                NOW,
                NOW,
                "",
                seen.example(),
                blocks);
        Footprint footprint = new Footprint(
                List.of(
                        new Footprint.Place(
                                DEATH.get(0),
                                new Footprint.Amount(3, 300, "0x7f0012345670"),
                                Footprint.Amount.NONE,
                                Footprint.Amount.NONE),
                        new Footprint.Place(null, Footprint.Amount.NONE, Footprint.Amount.NONE, Footprint.Amount.NONE)),
                List.of(new Footprint.Figure("resident", 1L << 40)),
                List.of());
        Snapshot snapshot = new Snapshot(
                        "1",
                        "run",
                        SNAPSHOT.jvm(),
                        NOW,
                        SNAPSHOT.coverage(),
                        List.of(),
                        List.of(lost, seen),
                        List.of(),
                        List.of())
                .withFootprint(footprint);

        assertThat(read(bytes(snapshot))).isEqualTo(snapshot);
        assertThat(read(bytes(snapshot)).withHealthy(List.of()).footprint()).isEqualTo(footprint);
    }

    @Test
    void should_write_each_distinct_stack_once_when_it_occurs_often() throws IOException {
        Observation observation = SNAPSHOT.observations().get(0);
        Snapshot many = new Snapshot(
                "0.1.0",
                "run",
                SNAPSHOT.jvm(),
                NOW,
                SNAPSHOT.coverage(),
                List.of(),
                Collections.nCopies(1000, observation),
                List.of(),
                List.of());
        String text = new String(bytes(many), StandardCharsets.ISO_8859_1);
        assertThat(text.split("newObject", -1)).hasSize(2);
        assertThat(text.length()).isLessThan(80 * 1000);
        assertThat(read(bytes(many))).isEqualTo(many);
    }

    @Test
    void should_drop_loader_and_module_names_when_a_frame_has_them() throws IOException {
        StackTraceElement named = new StackTraceElement("app", "m", "1", "app.Main", "main", "Main.java", 3);
        Healthy healthy = new Healthy("r", List.of(named), 1, List.of(), List.of());
        Snapshot snapshot = new Snapshot(
                "1",
                "run",
                SNAPSHOT.jvm(),
                NOW,
                SNAPSHOT.coverage(),
                List.of(),
                List.of(),
                List.of(healthy),
                List.of());
        assertThat(read(bytes(snapshot)).healthy().get(0).birth())
                .containsExactly(new StackTraceElement("app.Main", "main", "Main.java", 3));
    }

    @Test
    void should_say_that_it_is_no_snapshot_when_the_magic_is_missing() {
        assertThatThrownBy(() -> read("PK\u0003\u0004 not a snapshot".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(SnapshotFormatException.class)
                .hasMessage("This is not a HeldBy snapshot; give the file that the agent or `heldby attach` wrote.");
    }

    @Test
    void should_name_both_formats_when_the_file_is_newer() throws IOException {
        byte[] bytes = bytes(SNAPSHOT);
        bytes[6] = 7;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(SnapshotFormatException.class)
                .hasMessage("The snapshot has format 7, this HeldBy reads format 6;"
                        + " read it with the HeldBy version that wrote it.");
    }

    @Test
    void should_fail_with_one_sentence_when_cut_anywhere() throws IOException {
        byte[] bytes = bytes(SNAPSHOT);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(SnapshotFormatException.class);
        }
    }

    @Test
    void should_not_run_out_of_memory_when_a_length_is_absurd() {
        byte[] bytes = {'H', 'E', 'L', 'D', 'B', 'Y', 6, 1, -1, -1, -1, -1, 7, 'x'};
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(SnapshotFormatException.class)
                .hasMessageStartingWith("The snapshot ends too early");
    }

    @Test
    void should_fail_only_with_an_io_exception_when_bytes_are_damaged() throws IOException {
        byte[] bytes = bytes(SNAPSHOT);
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            byte[] damaged = bytes.clone();
            damaged[7 + random.nextInt(damaged.length - 7)] = (byte) random.nextInt(256);
            try {
                read(damaged);
            } catch (SnapshotFormatException expected) {
                assertThat(expected.getMessage()).endsWith("again.");
            }
        }
    }
}
