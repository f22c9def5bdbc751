// SPDX-License-Identifier: Apache-2.0
package dev.heldby.report;

import dev.heldby.analysis.Analysis;
import dev.heldby.analysis.Findings;
import dev.heldby.snapshot.Coverage;
import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Footprint;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.LostBlocks;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.RuleTraits;
import dev.heldby.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Snapshots as a watched program would leave them, analyzed. */
final class Sample {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final List<StackTraceElement> BIRTH = stack("io.netty.buffer.PooledByteBufAllocator.newDirectBuffer"
            + " io.netty.buffer.AbstractByteBufAllocator.directBuffer shop.Upload.read:21 shop.Upload.run:12"
            + " java.lang.Thread.run");
    static final List<StackTraceElement> END = stack("io.netty.buffer.AbstractReferenceCountedByteBuf.release"
            + " shop.Upload.close:34 shop.Upload.run:14 java.lang.Thread.run");
    static final List<StackTraceElement> FAILED = stack("io.netty.buffer.AbstractReferenceCountedByteBuf.release"
            + " shop.Upload.fail:40 shop.Upload.run:16 java.lang.Thread.run");
    private static final String CALLER = " shop.Upload.run:13 java.lang.Thread.run";

    private Sample() {}

    static List<StackTraceElement> stack(String frames) {
        return Arrays.stream(frames.split(" ")).map(Sample::frame).toList();
    }

    private static StackTraceElement frame(String frame) {
        String[] place = frame.split(":");
        int dot = place[0].lastIndexOf('.');
        String className = place[0].substring(0, dot);
        String file = place.length == 1 ? null : className.replaceAll(".*\\.|\\$.*", "") + ".java";
        return new StackTraceElement(
                className, place[0].substring(dot + 1), file, place.length == 1 ? -1 : Integer.parseInt(place[1]));
    }

    static Event event(Op op, int count, int second, List<StackTraceElement> stack) {
        return new Event(op, count, "worker-1", NOW.plusSeconds(second), stack, false);
    }

    static Observation seen(Observation.State state, long count, List<Event> events) {
        return new Observation(
                state,
                "io.netty.buffer.PooledUnsafeDirectByteBuf",
                "netty",
                count,
                256 * count,
                NOW,
                NOW.plusSeconds(60),
                "",
                History.whole(events));
    }

    /** Born and never given back. */
    static Observation forgotten() {
        return seen(Observation.State.UNREACHABLE, 17, List.of(event(Op.BORN, 1, 0, BIRTH)));
    }

    static Observation cached() {
        List<Event> events = new ArrayList<>();
        events.add(event(Op.BORN, 1, 0, BIRTH));
        events.add(
                event(Op.GET, 2, 1, stack("io.netty.buffer.B.retain shop.Reader.begin:3 shop.Cache.put:8" + CALLER)));
        for (int i = 0; i < 9; i++) {
            events.add(event(
                    Op.GET, 3, 2, stack("io.netty.buffer.B.retain shop.Reader.begin:3 shop.Filter.f:5" + CALLER)));
            events.add(
                    event(Op.PUT, 2, 3, stack("io.netty.buffer.B.release shop.Reader.end:4 shop.Filter.f:6" + CALLER)));
        }
        events.add(event(Op.PUT, 1, 4, END));
        return seen(Observation.State.HELD_AT_EXIT, 3, events);
    }

    static Observation released() {
        return seen(
                Observation.State.SURPLUS_PUT,
                2,
                List.of(
                        event(Op.BORN, 1, 0, BIRTH),
                        event(Op.GET, 2, 1, stack("io.netty.buffer.B.retain shop.Upload.run:13")),
                        event(Op.PUT, 1, 2, stack("io.netty.buffer.B.release shop.Log.line:5 shop.Upload.run:13")),
                        event(Op.PUT, 0, 3, stack("io.netty.buffer.B.release shop.Sink.write:7 shop.Upload.run:13")),
                        event(Op.PUT, 0, 4, stack("io.netty.buffer.B.release shop.Peer.send:9 shop.Upload.run:13"))));
    }

    /** Off-heap blocks of a map that forgets to free them, of which a hex dump was asked for. */
    static Observation lost() {
        return new Observation(
                Observation.State.UNREFERENCED,
                "off-heap memory",
                "memory",
                12,
                3_072,
                NOW,
                NOW,
                "",
                History.whole(List.of(event(
                        Op.BORN, 1, 0, stack("sun.misc.Unsafe.allocateMemory shop.Map.put:45 shop.Main.main:9")))),
                new LostBlocks(64, 1_024, 5_000, 65_900, 4, 1_024, 3, List.of("01 40 68 69  .@hi")));
    }

    static Footprint footprint() {
        return new Footprint(
                List.of(
                        new Footprint.Place(
                                BIRTH.get(2),
                                new Footprint.Amount(40, 10_240, "0x7f0012345670"),
                                new Footprint.Amount(12, 3_072, "0x7f0012345a70"),
                                Footprint.Amount.NONE),
                        new Footprint.Place(
                                null,
                                Footprint.Amount.NONE,
                                Footprint.Amount.NONE,
                                new Footprint.Amount(1, 100, "0x7f0012345c70"))),
                List.of(new Footprint.Figure("resident memory of the process", 50_000_000)),
                List.of(new Footprint.Figure("Java Heap", 20_000_000)));
    }

    static Observation counted() {
        return seen(Observation.State.UNREACHABLE, 1700, List.of());
    }

    static Healthy healthy() {
        return new Healthy(
                "netty",
                BIRTH,
                12_058,
                List.of(new Healthy.FinalPut(END, 12_041), new Healthy.FinalPut(FAILED, 17)),
                List.of(example(END, 12_041), example(FAILED, 17)));
    }

    private static Healthy.Example example(List<StackTraceElement> end, long count) {
        return new Healthy.Example(
                History.whole(List.of(event(Op.BORN, 1, 0, BIRTH), event(Op.PUT, 0, 2, end))), count);
    }

    static Findings of(List<Observation> observations, List<Healthy> healthy, String... troubles) {
        return Analysis.analyze(snapshot(observations, healthy, troubles));
    }

    static Snapshot snapshot(List<Observation> observations, List<Healthy> healthy, String... troubles) {
        return new Snapshot(
                "0.1.0",
                "run",
                new Snapshot.Jvm(4711, "17.0.15", "shop.Main", NOW),
                NOW.plusSeconds(90),
                new Coverage(12_345, 17, 12_075, 0, List.of(troubles)),
                List.of(new RuleTraits("netty", "", List.of("io.netty.buffer."), List.of())),
                observations,
                healthy,
                List.of());
    }
}
