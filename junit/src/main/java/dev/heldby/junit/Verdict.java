// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import dev.heldby.analysis.Analysis;
import dev.heldby.analysis.Finding;
import dev.heldby.analysis.Findings;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.RuleTraits;
import dev.heldby.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a scope's snapshot means for its test.
 *
 * @param notes sentences about allowed leaks
 */
record Verdict(Findings findings, List<String> notes) {
    /** Frames that only ran the test. */
    private static final List<String> RUNNERS = List.of(
            "org.junit.",
            "org.apache.maven.surefire.",
            "org.gradle.",
            HeldByExtension.class.getName(),
            WatchedScope.class.getName());

    /** @param earlier what earlier runs taught */
    static Verdict of(Snapshot snapshot, List<Healthy> earlier, Wishes wishes, StaticState statics) {
        Findings all = Analysis.analyze(judged(snapshot, statics), earlier);
        List<Finding> found = all.findings().stream()
                .filter(finding -> wishes.refusedCalls() || isMissingRelease(finding))
                .toList();
        List<String> notes = new ArrayList<>();
        for (AllowedLeak allowed : wishes.allowed()) {
            long leaked = found.stream()
                    .filter(finding -> covers(allowed, finding))
                    .mapToLong(Finding::count)
                    .sum();
            if (leaked > allowed.max()) {
                notes.add(leaked + " x " + allowed.type() + " leaked, and at most " + allowed.max() + " may: "
                        + allowed.reason());
            } else if (leaked > 0) {
                found = found.stream()
                        .map(finding -> covers(allowed, finding) ? finding.marked(finding.isNew(), true) : finding)
                        .toList();
            } else if (wishes.own().contains(allowed)) {
                notes.add("The allowed leak of " + allowed.type() + " did not happen: " + allowed.reason());
            }
        }
        return new Verdict(all.with(found), List.copyOf(notes));
    }

    private static Snapshot judged(Snapshot snapshot, StaticState statics) {
        return new Snapshot(
                snapshot.version(),
                snapshot.mode(),
                snapshot.jvm(),
                snapshot.takenAt(),
                snapshot.coverage(),
                snapshot.rules().stream().map(Verdict::withRunners).toList(),
                snapshot.observations().stream()
                        .filter(observation -> !statics.includes(observation))
                        .toList(),
                snapshot.healthy(),
                snapshot.releaseCalls());
    }

    private static RuleTraits withRunners(RuleTraits rule) {
        List<String> plumbing =
                Stream.concat(rule.plumbing().stream(), RUNNERS.stream()).toList();
        return new RuleTraits(rule.name(), rule.link(), plumbing, rule.lifelong());
    }

    private static boolean isMissingRelease(Finding finding) {
        return finding.kind() == Finding.Kind.MISSING_RELEASE;
    }

    private static boolean covers(AllowedLeak allowed, Finding finding) {
        return isMissingRelease(finding)
                && (finding.type().equals(allowed.type())
                        || finding.type().endsWith("." + allowed.type())
                        || finding.type().endsWith("$" + allowed.type()));
    }

    /** @param place the test, for the message */
    void throwIfGuilty(String place) {
        if (findings.findings().stream().anyMatch(finding -> !finding.suppressed())) {
            throw Failure.of(this, place);
        }
    }
}
