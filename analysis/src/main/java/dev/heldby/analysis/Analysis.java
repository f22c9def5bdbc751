// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.ReleaseCall;
import dev.heldby.snapshot.RuleTraits;
import dev.heldby.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The step from a snapshot to findings. Without state; any thread. The cost grows with the observations, and for each of
 * them with the fourth power of its history's bounded length at worst.
 */
public final class Analysis {
    private static final Comparator<Finding> BY_LINE = Comparator.comparing(
            finding -> finding.suspect() == null ? null : finding.suspect().site(), Comparator.nullsFirst(Site.ORDER));

    private Analysis() {}

    /** Judges, groups and sorts all that the snapshot shows. */
    public static Findings analyze(Snapshot snapshot) {
        Map<String, Judge> judges = judges(snapshot);
        List<Suspicion> suspicions = new ArrayList<>();
        for (Observation observation : snapshot.observations()) {
            Judge judge = judges.computeIfAbsent(observation.rule(), rule -> judge(unknown(rule), snapshot));
            suspicions.addAll(judge.judge(observation));
        }
        List<Finding> findings = Order.of(distinct(Grouping.group(suspicions)));
        return new Findings(
                snapshot.version(),
                snapshot.mode(),
                snapshot.jvm(),
                snapshot.coverage(),
                findings,
                snapshot.footprint());
    }

    /** The same with what earlier runs taught; a finding says what they showed of it. */
    public static Findings analyze(Snapshot snapshot, List<Healthy> earlier) {
        if (earlier.isEmpty() || snapshot.observations().isEmpty()) {
            return analyze(snapshot);
        }
        Findings findings = analyze(snapshot.withHealthy(Experience.together(earlier, snapshot.healthy())));
        EarlierRuns runs = new EarlierRuns(earlier, snapshot.rules());
        return findings.with(findings.findings().stream().map(runs::told).toList());
    }

    private static Map<String, Judge> judges(Snapshot snapshot) {
        Map<String, Judge> judges = new HashMap<>();
        snapshot.rules().forEach(rule -> judges.put(rule.name(), judge(rule, snapshot)));
        return judges;
    }

    private static Judge judge(RuleTraits rule, Snapshot snapshot) {
        List<Observation> observations = snapshot.observations().stream()
                .filter(observation -> observation.rule().equals(rule.name()))
                .toList();
        Set<String> types = observations.stream().map(Observation::type).collect(Collectors.toSet());
        List<Healthy> healthy = snapshot.healthy().stream()
                .filter(one -> one.rule().equals(rule.name()))
                .toList();
        List<ReleaseCall> calls = snapshot.releaseCalls().stream()
                .filter(call -> call.rule().equals(rule.name()))
                .toList();
        return new Judge(new Sites(rule, types), healthy, calls, observations);
    }

    private static RuleTraits unknown(String rule) {
        return new RuleTraits(rule, "", List.of(), List.of());
    }

    /** Where only the lines tell findings apart, the later ones get another fingerprint. */
    private static List<Finding> distinct(List<Finding> findings) {
        Map<String, Integer> met = new HashMap<>();
        return findings.stream()
                .sorted(BY_LINE)
                .map(finding -> finding.withFingerprint(
                        Fingerprint.numbered(finding.fingerprint(), met.merge(finding.fingerprint(), 1, Integer::sum))))
                .toList();
    }
}
