// SPDX-License-Identifier: Apache-2.0
package dev.heldby.history;

import dev.heldby.Level;
import dev.heldby.complaint.Complaint;
import dev.heldby.complaint.Complaints;
import dev.heldby.recording.Recorder;
import dev.heldby.recording.ScopeWatch;
import dev.heldby.recording.Snapshots;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Observation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Histories with a recorder of their own, what they were told, and the stacks of the lines that told them. */
final class Watch {
    /** Kept, or its level could be collected: the test's own listener hears it all. */
    private static final Logger QUIET = Logger.getLogger("dev.heldby");

    static {
        QUIET.setLevel(java.util.logging.Level.OFF);
    }

    final Recorder recorder = new Recorder();
    final Snapshots snapshots = new Snapshots(recorder, "0", "test", List.of());
    final ScopeWatch scopes = new ScopeWatch(recorder, snapshots);
    final List<Complaint> complaints = new CopyOnWriteArrayList<>();
    final List<String> stacks = new ArrayList<>();
    final Histories histories;

    Watch(Level level) {
        this(level, null, 1000);
    }

    Watch(Level level, String filter, long room) {
        recorder.setLibraryLevel(level);
        Complaints sink = new Complaints();
        sink.listen(complaints::add);
        Witness witness = new Witness(recorder, sink, "history");
        histories = new Histories(witness, filter == null ? null : Glob.of(filter), room);
    }

    CountHistory begin(String name) {
        return begin(new Object(), name);
    }

    CountHistory begin(Object object, String name) {
        return histories.begin(object, name, 1);
    }

    /** Remembers, as lines, the stack of the line that it is called on. */
    <T> T here(T value) {
        StackTraceElement[] all = new Throwable().getStackTrace();
        stacks.add(Complaint.lines(List.of(all).subList(1, all.length)));
        return value;
    }

    /** What is written at the end of the process. */
    String atExit(boolean verbose) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        histories.reportAtExit(verbose, new PrintStream(out, false, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    List<Observation> observations() {
        return snapshots.running().observations();
    }

    /** Such as {@code SURPLUS_PUT buffer 1 [BORN 1, PUT 0, PUT -1]}. */
    static String words(Observation observation) {
        return observation.state() + " " + observation.type() + " " + observation.count() + " "
                + observation.example().events().stream().map(Watch::words).collect(Collectors.toList());
    }

    private static String words(Event event) {
        return event.op() + " " + event.count();
    }
}
