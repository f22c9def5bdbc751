// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import dev.heldby.Level;
import dev.heldby.complaint.Complaint;
import dev.heldby.complaint.Complaints;
import dev.heldby.recording.Reaper;
import dev.heldby.recording.Recorder;
import dev.heldby.recording.Snapshots;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** A recorder of a test's own, what handles report to it, and what their destructor was called with. */
final class Checked {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Held, so that it stays silent: what these tests do wrong they do on purpose, and often. */
    private static final Logger LOGGER = Logger.getLogger("dev.heldby");

    final List<Complaint> complaints = Collections.synchronizedList(new ArrayList<>());
    final List<Object> destroyed = Collections.synchronizedList(new ArrayList<>());
    final Recorder recorder = new Recorder();
    final Witness witness;

    Checked(Level level) {
        LOGGER.setLevel(java.util.logging.Level.OFF);
        Complaints heard = new Complaints();
        heard.listen(complaints::add);
        witness = new Witness(recorder, heard, "handle");
        recorder.setLibraryLevel(level);
    }

    static Checked fully() {
        return new Checked(Level.FULL);
    }

    <T> Handle<T> handle(T target) {
        return Handle.of(target, destroyed::add, witness);
    }

    List<Observation> observations() {
        return new Snapshots(recorder, "0", "test", List.of()).running().observations();
    }

    /** The only observation. */
    Observation observation() {
        List<Observation> all = observations();
        if (all.size() != 1) {
            throw new AssertionError("One observation was expected instead of " + all);
        }
        return all.get(0);
    }

    /** What a leak check at the end would find. */
    List<Observation> leaks() {
        recorder.reaper().start();
        Reaper.collect(recorder, PATIENCE);
        return observations();
    }

    Complaint complaint() {
        if (complaints.size() != 1) {
            throw new AssertionError("One complaint was expected instead of " + complaints);
        }
        return complaints.get(0);
    }

    /** Such as {@code BORN 1 in take, PUT 0 in giveBack}. */
    static String words(History history) {
        return history.events().stream()
                .map(event -> event.op() + " " + event.count() + " in " + method(event))
                .collect(Collectors.joining(", "));
    }

    private static String method(Event event) {
        return event.stack().isEmpty() ? "?" : event.stack().get(0).getMethodName();
    }

    static StackTraceElement place(Observation observation, Op op) {
        return observation.example().events().stream()
                .filter(event -> event.op() == op)
                .findFirst()
                .orElseThrow()
                .stack()
                .get(0);
    }
}
