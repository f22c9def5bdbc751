// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Coverage;
import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.ReleaseCall;
import dev.heldby.snapshot.RuleTraits;
import dev.heldby.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An object's life as a test writes it down: {@code new Life().born("lib.Pool.take app.Main.main:3").put("...")}. Frames
 * are innermost first, separated by spaces, with or without a line.
 */
final class Life {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final RuleTraits RULE = new RuleTraits("netty", "", List.of("io.netty.buffer."), List.of("app.Registry"));
    static final String BUF = "io.netty.buffer.PooledUnsafeDirectByteBuf";

    private final List<Event> events = new ArrayList<>();
    private final Instant from;
    private String thread = "main";
    private int count;

    Life() {
        this(NOW);
    }

    /** Whose first event was then, the others a millisecond after each other. */
    Life(Instant from) {
        this.from = from;
    }

    static List<StackTraceElement> stack(String frames) {
        return frames.isEmpty()
                ? List.of()
                : Arrays.stream(frames.split(" ")).map(Life::frame).toList();
    }

    private static StackTraceElement frame(String frame) {
        String[] place = frame.split(":");
        int dot = place[0].lastIndexOf('.');
        String className = place[0].substring(0, dot);
        String top = className.substring(className.lastIndexOf('.') + 1).split("\\$")[0];
        return new StackTraceElement(
                className,
                place[0].substring(dot + 1),
                place.length == 1 ? null : top + ".java",
                place.length == 1 ? -1 : Integer.parseInt(place[1]));
    }

    Life on(String other) {
        thread = other;
        return this;
    }

    Life born(String frames) {
        return event(Op.BORN, ++count, frames);
    }

    Life get(String frames) {
        return event(Op.GET, ++count, frames);
    }

    Life put(String frames) {
        count = Math.max(0, count - 1);
        return event(Op.PUT, count, frames);
    }

    Life use(String frames) {
        return event(Op.USE, count, frames);
    }

    Life event(Op op, int after, String frames) {
        count = after;
        events.add(new Event(op, after, thread, from.plusMillis(events.size()), stack(frames), false));
        return this;
    }

    History history() {
        return history(0);
    }

    History history(int dropped) {
        return new History(List.copyOf(events), dropped, 0);
    }

    Observation seen(Observation.State state) {
        return seen(state, BUF, 1);
    }

    Observation seen(Observation.State state, String type, long number) {
        return seen(state, type, number, history());
    }

    static Observation seen(Observation.State state, String type, long number, History history) {
        return new Observation(state, type, "netty", number, 256 * number, NOW, NOW.plusSeconds(number), "", history);
    }

    /** So many, with that note. */
    Observation seen(Observation.State state, long number, String note) {
        return new Observation(
                state, BUF, "netty", number, 256 * number, NOW, NOW.plusSeconds(number), note, history());
    }

    /** That {@code number} objects lived like this and all went well. */
    Healthy healthy(long number) {
        List<StackTraceElement> end = events.get(events.size() - 1).stack();
        return new Healthy(
                "netty",
                events.get(0).stack(),
                number,
                List.of(new Healthy.FinalPut(end, number)),
                List.of(new Healthy.Example(history(), number)));
    }

    static List<Finding> findings(List<Observation> observations, Healthy... healthy) {
        return findings(observations, List.of(), healthy);
    }

    static List<Finding> findings(List<Observation> observations, List<ReleaseCall> calls, Healthy... healthy) {
        return Analysis.analyze(new Snapshot(
                        "0.1.0",
                        "run",
                        new Snapshot.Jvm(1, "17", "app.Main", NOW),
                        NOW,
                        new Coverage(100, 1, 100, 0, List.of()),
                        List.of(RULE),
                        observations,
                        List.of(healthy),
                        calls))
                .findings();
    }

    static Finding finding(Observation observation, Healthy... healthy) {
        List<Finding> findings = findings(List.of(observation), healthy);
        if (findings.size() != 1) {
            throw new AssertionError("expected one finding, got " + findings);
        }
        return findings.get(0);
    }
}
