// SPDX-License-Identifier: Apache-2.0
package dev.heldby.stress;

import dev.heldby.Level;
import dev.heldby.complaint.Complaint;
import dev.heldby.complaint.Complaints;
import dev.heldby.recording.Recorder;
import dev.heldby.recording.Witness;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;

/** A witness for a part of the tracking library, with a recorder of its own, whose complaints are counted and not logged. */
public final class QuietWitness {
    /** Kept, since the logging forgets the level of a logger that nobody keeps. */
    private static final Logger LOG = Logger.getLogger("dev.heldby");

    /** Of each subject at most one that was not asked for; of what is refused there are millions. */
    private static final Set<String> COUNTED = Set.of("leak", "taken-after-close");

    private final Map<Told, Integer> told = new ConcurrentHashMap<>();
    public final Witness witness;

    private record Told(String kind, String subject) {}

    public QuietWitness(String part) {
        LOG.setLevel(java.util.logging.Level.OFF);
        Recorder recorder = new Recorder();
        recorder.setLibraryLevel(Level.COUNT);
        recorder.reaper().start();
        Complaints complaints = new Complaints();
        complaints.listen(this::count);
        witness = new Witness(recorder, complaints, part);
    }

    private void count(Complaint complaint) {
        if (COUNTED.contains(complaint.kind())) {
            told.merge(new Told(complaint.kind(), complaint.subject()), 1, Integer::sum);
        }
    }

    /** How often it was told that what is called so was closed with references left. To be asked once. */
    public int leaks(Object subject) {
        return count("leak", subject);
    }

    /** How often it was told that a reference to what is called so was taken after its close. To be asked once. */
    public int takenLate(Object subject) {
        return count("taken-after-close", subject);
    }

    private int count(String kind, Object subject) {
        Integer times = told.remove(new Told(kind, subject.toString()));
        return times == null ? 0 : times;
    }
}
