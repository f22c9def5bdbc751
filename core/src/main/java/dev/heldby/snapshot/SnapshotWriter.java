// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One writing of a snapshot: the stream and the tables filled so far. For one thread, used once. */
final class SnapshotWriter {
    private final DataOutputStream out;
    private final Map<String, Integer> strings = new HashMap<>();
    private final Map<Frame, Integer> frames = new HashMap<>();
    private final Map<List<Frame>, Integer> stacks = new HashMap<>();

    /** What is kept of a stack trace element. */
    private record Frame(String type, String method, String file, int line) {
        Frame(StackTraceElement element) {
            this(element.getClassName(), element.getMethodName(), element.getFileName(), element.getLineNumber());
        }
    }

    private interface Part<T> {
        void write(T part) throws IOException;
    }

    SnapshotWriter(OutputStream out) {
        this.out = new DataOutputStream(new BufferedOutputStream(out));
    }

    void write(Snapshot snapshot) throws IOException {
        out.writeBytes(SnapshotFile.MAGIC);
        out.writeByte(SnapshotFile.FORMAT);
        string(snapshot.version());
        string(snapshot.mode());
        jvm(snapshot.jvm());
        instant(snapshot.takenAt());
        coverage(snapshot.coverage());
        list(snapshot.rules(), this::rule);
        list(snapshot.observations(), this::observation);
        list(snapshot.healthy(), this::healthy);
        list(snapshot.releaseCalls(), this::releaseCall);
        optional(snapshot.footprint(), this::footprint);
        out.writeBytes(SnapshotFile.END);
        out.flush();
    }

    private void jvm(Snapshot.Jvm jvm) throws IOException {
        signed(jvm.pid());
        string(jvm.version());
        string(jvm.mainClass());
        instant(jvm.startedAt());
    }

    private void coverage(Coverage coverage) throws IOException {
        signed(coverage.lifecycles());
        signed(coverage.live());
        signed(coverage.traced());
        signed(coverage.dropped());
        list(coverage.troubles(), this::string);
    }

    private void rule(RuleTraits rule) throws IOException {
        string(rule.name());
        string(rule.link());
        list(rule.plumbing(), this::string);
        list(rule.lifelong(), this::string);
    }

    private void observation(Observation observation) throws IOException {
        out.writeByte(observation.state().ordinal());
        string(observation.type());
        string(observation.rule());
        signed(observation.count());
        signed(observation.bytes());
        instant(observation.firstSeen());
        instant(observation.lastSeen());
        string(observation.note());
        history(observation.example());
        optional(observation.lost(), this::lost);
    }

    private void lost(LostBlocks lost) throws IOException {
        signed(lost.smallest());
        signed(lost.largest());
        signed(lost.youngestMillis());
        signed(lost.oldestMillis());
        signed(lost.moreBlocks());
        signed(lost.moreBytes());
        signed(lost.growing());
        list(lost.content(), this::string);
    }

    private void footprint(Footprint footprint) throws IOException {
        list(footprint.places(), place -> {
            stack(place.site() == null ? List.of() : List.of(place.site()));
            amount(place.referenced());
            amount(place.unreferenced());
            amount(place.notJudged());
        });
        list(footprint.figures(), this::figure);
        list(footprint.parts(), this::figure);
    }

    private void amount(Footprint.Amount amount) throws IOException {
        signed(amount.blocks());
        signed(amount.bytes());
        string(amount.example());
    }

    private void figure(Footprint.Figure figure) throws IOException {
        string(figure.name());
        signed(figure.bytes());
    }

    private void healthy(Healthy healthy) throws IOException {
        string(healthy.rule());
        stack(healthy.birth());
        signed(healthy.count());
        list(healthy.finalPuts(), put -> {
            stack(put.stack());
            signed(put.count());
        });
        list(healthy.examples(), example -> {
            history(example.history());
            signed(example.count());
        });
    }

    private void releaseCall(ReleaseCall call) throws IOException {
        string(call.rule());
        string(call.className());
        string(call.method());
        string(call.file());
        signed(call.line());
        list(call.reachedFrom(), line -> signed(line));
    }

    private void history(History history) throws IOException {
        list(history.events(), this::event);
        unsigned(history.dropped());
        unsigned(history.folded());
    }

    private void event(Event event) throws IOException {
        out.writeByte(event.op().ordinal());
        signed(event.count());
        string(event.thread());
        instant(event.at());
        stack(event.stack());
        out.writeBoolean(event.inferred());
    }

    private void stack(List<StackTraceElement> stack) throws IOException {
        List<Frame> key = stack.stream().map(Frame::new).toList();
        if (reference(key, stacks)) {
            list(key, this::frame);
        }
    }

    private void frame(Frame frame) throws IOException {
        if (reference(frame, frames)) {
            string(frame.type());
            string(frame.method());
            string(frame.file());
            signed(frame.line());
        }
    }

    private void string(String string) throws IOException {
        if (string == null) {
            unsigned(0);
        } else if (reference(string, strings)) {
            byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
            unsigned(bytes.length);
            out.write(bytes);
        }
    }

    /** Writes the entry's number; returns whether it is new, so that its content has to follow. */
    private <K> boolean reference(K key, Map<K, Integer> table) throws IOException {
        Integer known = table.putIfAbsent(key, table.size() + 1);
        unsigned(known == null ? table.size() : known);
        return known == null;
    }

    private void instant(Instant instant) throws IOException {
        if (instant == null) {
            unsigned(0);
            return;
        }
        unsigned(instant.getNano() + 1);
        signed(instant.getEpochSecond());
    }

    private <T> void optional(T part, Part<T> writer) throws IOException {
        list(part == null ? List.of() : List.of(part), writer);
    }

    private <T> void list(List<T> list, Part<T> part) throws IOException {
        unsigned(list.size());
        for (T element : list) {
            part.write(element);
        }
    }

    private void signed(long value) throws IOException {
        unsigned(value << 1 ^ value >> 63);
    }

    private void unsigned(long value) throws IOException {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }
}
