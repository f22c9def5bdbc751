// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.Level;
import dev.heldby.recording.CountedKind.End;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.RuleTraits;
import dev.heldby.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A recorder with one rule and one kind, and short words for what woven code would report to it. */
final class Watched {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final Recorder recorder;
    final FollowedRule rule;
    final CountedKind kind;
    final Snapshots snapshots;

    Watched(Level level, End end) {
        this(new Recorder(), level, end);
    }

    Watched(Recorder recorder, Level level, End end) {
        this.recorder = recorder;
        rule = recorder.follow(new RuleTraits("toys", "", List.of(), List.of()), level);
        kind = recorder.kind(rule, "toy.Toy", end);
        snapshots = new Snapshots(recorder, "0", "test", List.of());
    }

    static Watched fully(End end) {
        return new Watched(Level.FULL, end);
    }

    Lifecycle born(Object object) {
        return recorder.born(object, null, kind, false);
    }

    Lifecycle bornAgain(Object object, Lifecycle previous) {
        return recorder.born(object, previous, kind, false);
    }

    Lifecycle bornMapped(Object object) {
        return recorder.born(object, recorder.mapped.find(object), kind, true);
    }

    void get(Lifecycle lifecycle) {
        recorder.get(lifecycle, 1);
    }

    void put(Lifecycle lifecycle) {
        recorder.put(lifecycle, 1);
    }

    void putAndDie(Lifecycle lifecycle) {
        recorder.put(lifecycle, 1);
        recorder.dead(lifecycle);
    }

    void refusedPut(Lifecycle lifecycle) {
        recorder.put(lifecycle, 1);
        recorder.refusals.put(lifecycle);
    }

    Snapshot running() {
        return snapshots.running();
    }

    List<Observation> observations() {
        return running().observations();
    }

    /** The only observation. */
    Observation observation() {
        List<Observation> all = observations();
        if (all.size() != 1) {
            throw new AssertionError("One observation was expected instead of " + all);
        }
        return all.get(0);
    }

    void startReaper(Duration age) {
        recorder.reaper().reportOlderThan(age);
        recorder.reaper().start();
    }

    void collect() {
        Reaper.collect(recorder, PATIENCE);
    }

    /** Such as {@code BORN 1, GET 2, PUT 1}. */
    static String words(History history) {
        return history.events().stream()
                .map(event -> event.op() + " " + event.count())
                .collect(Collectors.joining(", "));
    }

    /** How many lifecycles the live set holds. */
    int liveCount() {
        int[] count = {0};
        recorder.live.forEach(lifecycle -> count[0]++);
        return count[0];
    }
}
