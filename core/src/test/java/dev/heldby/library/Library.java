// SPDX-License-Identifier: Apache-2.0
package dev.heldby.library;

import dev.heldby.Level;
import dev.heldby.complaint.Complaint;
import dev.heldby.complaint.Complaints;
import dev.heldby.recording.Recorder;
import dev.heldby.recording.Snapshots;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Snapshot;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A recorder of a test's own for a part of the tracking library, with all that was complained of and observed. */
public final class Library {
    public final Recorder recorder = new Recorder();
    public final Witness witness;
    private final List<Complaint> complaints = new CopyOnWriteArrayList<>();

    public Library(String part, Level level) {
        Complaints sink = new Complaints();
        sink.listen(complaints::add);
        recorder.setLibraryLevel(level);
        witness = new Witness(recorder, sink, part);
    }

    public static Library full(String part) {
        return new Library(part, Level.FULL);
    }

    /** Those so far, in order. */
    public List<Complaint> complaints() {
        return List.copyOf(complaints);
    }

    /** The kinds of those so far, in order. */
    public List<String> kinds() {
        return complaints.stream().map(Complaint::kind).toList();
    }

    public Snapshot running() {
        return new Snapshots(recorder, "test", "test", List.of()).running();
    }

    public Snapshot atExit() {
        return new Snapshots(recorder, "test", "test", List.of()).atExit();
    }

    public List<Observation> observations() {
        return running().observations();
    }
}
