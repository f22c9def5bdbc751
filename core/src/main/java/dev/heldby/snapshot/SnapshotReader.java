// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One reading of a snapshot: the stream and the tables met so far. For one thread, used once.
 *
 * <p>No length in the file is trusted: room is made only for what has really been read.
 */
final class SnapshotReader {
    private final DataInputStream in;
    private final List<String> strings = new ArrayList<>();
    private final List<StackTraceElement> frames = new ArrayList<>();
    private final List<List<StackTraceElement>> stacks = new ArrayList<>();

    private interface Part<T> {
        T read() throws IOException;
    }

    SnapshotReader(InputStream in) {
        this.in = new DataInputStream(new BufferedInputStream(in));
    }

    static SnapshotFormatException damaged(String what, Throwable cause) {
        return new SnapshotFormatException(
                "The snapshot is damaged: it holds " + what + " that cannot be; take it again.", cause);
    }

    Snapshot read() throws IOException {
        header();
        Snapshot snapshot = new Snapshot(
                string(),
                string(),
                new Snapshot.Jvm(signed(), string(), string(), instant()),
                instant(),
                new Coverage(signed(), signed(), signed(), signed(), list(this::string)),
                list(() -> new RuleTraits(string(), string(), list(this::string), list(this::string))),
                list(this::observation),
                list(this::healthy),
                list(() -> new ReleaseCall(string(), required(), required(), string(), bounded(), list(this::bounded))),
                optional(this::footprint));
        if (!SnapshotFile.END.equals(ascii(SnapshotFile.END.length()))) {
            throw damaged("an end", null);
        }
        return snapshot;
    }

    private void header() throws IOException {
        if (!SnapshotFile.MAGIC.equals(ascii(SnapshotFile.MAGIC.length()))) {
            throw new SnapshotFormatException(
                    "This is not a HeldBy snapshot; give the file that the agent or `heldby attach` wrote.");
        }
        int format = in.readUnsignedByte();
        if (format != SnapshotFile.FORMAT) {
            throw new SnapshotFormatException("The snapshot has format " + format + ", this HeldBy reads format "
                    + SnapshotFile.FORMAT + "; read it with the HeldBy version that wrote it.");
        }
    }

    private String ascii(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.US_ASCII);
    }

    private Observation observation() throws IOException {
        return new Observation(
                constant(Observation.State.values()),
                string(),
                string(),
                signed(),
                signed(),
                instant(),
                instant(),
                string(),
                history(),
                optional(this::lost));
    }

    private LostBlocks lost() throws IOException {
        return new LostBlocks(
                signed(), signed(), signed(), signed(), signed(), signed(), bounded(), list(this::string));
    }

    private Footprint footprint() throws IOException {
        return new Footprint(
                list(() -> new Footprint.Place(site(), amount(), amount(), amount())),
                list(this::figure),
                list(this::figure));
    }

    private StackTraceElement site() throws IOException {
        List<StackTraceElement> site = stack();
        return site.isEmpty() ? null : site.get(0);
    }

    private Footprint.Amount amount() throws IOException {
        return new Footprint.Amount(signed(), signed(), required());
    }

    private Footprint.Figure figure() throws IOException {
        return new Footprint.Figure(required(), signed());
    }

    private Healthy healthy() throws IOException {
        return new Healthy(
                string(),
                stack(),
                signed(),
                list(() -> new Healthy.FinalPut(stack(), signed())),
                list(() -> new Healthy.Example(history(), signed())));
    }

    private History history() throws IOException {
        return new History(list(this::event), integer(), integer());
    }

    private Event event() throws IOException {
        return new Event(constant(Op.values()), bounded(), string(), instant(), stack(), in.readBoolean());
    }

    private List<StackTraceElement> stack() throws IOException {
        return entry(stacks, () -> list(this::frame));
    }

    private StackTraceElement frame() throws IOException {
        return entry(frames, () -> {
            String type = required();
            String method = required();
            return new StackTraceElement(type, method, string(), bounded());
        });
    }

    private String string() throws IOException {
        int number = integer();
        return number == 0 ? null : entry(number, strings, this::characters);
    }

    private String required() throws IOException {
        String string = string();
        if (string == null) {
            throw damaged("something without a name", null);
        }
        return string;
    }

    private String characters() throws IOException {
        int length = integer();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private <T> T entry(List<T> table, Part<T> added) throws IOException {
        return entry(integer(), table, added);
    }

    private <T> T entry(int number, List<T> table, Part<T> added) throws IOException {
        if (number < 1 || number > table.size() + 1) {
            throw damaged("a reference to entry " + number, null);
        }
        if (number == table.size() + 1) {
            table.add(added.read());
        }
        return table.get(number - 1);
    }

    private Instant instant() throws IOException {
        int nanos = integer();
        return nanos == 0 ? null : Instant.ofEpochSecond(signed(), nanos - 1L);
    }

    private <T> T optional(Part<T> part) throws IOException {
        List<T> list = list(part);
        return list.isEmpty() ? null : list.get(0);
    }

    private <T> List<T> list(Part<T> part) throws IOException {
        int length = integer();
        List<T> list = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            list.add(part.read());
        }
        return Collections.unmodifiableList(list);
    }

    private <E> E constant(E[] constants) throws IOException {
        int ordinal = in.readUnsignedByte();
        if (ordinal >= constants.length) {
            throw damaged("a constant " + ordinal, null);
        }
        return constants[ordinal];
    }

    private int integer() throws IOException {
        long value = unsigned();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw damaged("a length of " + value, null);
        }
        return (int) value;
    }

    private int bounded() throws IOException {
        long value = signed();
        if (value != (int) value) {
            throw damaged("a number of " + value, null);
        }
        return (int) value;
    }

    private long signed() throws IOException {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    private long unsigned() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = in.readUnsignedByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw damaged("a number of more than 64 bits", null);
    }
}
