// SPDX-License-Identifier: Apache-2.0
package dev.heldby.count;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.complaint.Complaint;
import dev.heldby.complaint.Complaints;
import dev.heldby.recording.Recorder;
import dev.heldby.recording.Snapshots;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Observation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;

/** A recorder of its own for counts, as if the process had just begun, and what it was told. */
final class CountedMisuse {
    static final String SATURATED = "refcount: saturated; leaking memory.";
    static final String ON_ZERO = "refcount: addition on 0; use-after-free.";
    static final String UNDERFLOW = "refcount: underflow; use-after-free.";
    static final String TO_ZERO = "refcount: decrement hit 0; leaking memory.";

    /** Kept, or its level could be collected: the test's own listener hears it all. */
    private static final Logger QUIET = Logger.getLogger("dev.heldby");

    static {
        QUIET.setLevel(java.util.logging.Level.OFF);
    }

    final Recorder recorder = new Recorder();
    final List<Complaint> complaints = new CopyOnWriteArrayList<>();
    private final Misuses misuses;

    CountedMisuse() {
        Complaints sink = new Complaints();
        sink.listen(complaints::add);
        misuses = new Misuses(new Witness(recorder, sink, "count"));
    }

    SaturatingCount count(int initial) {
        return new SaturatingCount("Session", initial, misuses);
    }

    void assertNoComplaint() {
        assertThat(complaints).isEmpty();
    }

    /** The sentences of all complaints. */
    void assertComplaints(String... sentences) {
        assertThat(complaints)
                .extracting(each -> each.text().lines().findFirst().orElseThrow())
                .containsExactly(sentences);
    }

    List<Observation> observations() {
        return new Snapshots(recorder, "0", "test", List.of()).running().observations();
    }
}
