// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import dev.heldby.analysis.Finding;
import dev.heldby.analysis.Findings;
import java.util.List;

/**
 * What HeldBy said in one finding, as much of it as is scored.
 *
 * @param site null where no stack was recorded
 * @param program the frames from the suspect's innermost deciding one outwards
 */
record Said(
        String kind,
        String type,
        long count,
        double confidence,
        Place site,
        List<Place> program,
        List<Place> expected,
        List<Place> expectedProgram,
        String summary) {
    private static final int FINDINGS_KEPT = 5;
    private static final int FRAMES_KEPT = 3;

    static List<Said> of(Findings findings) {
        return findings.findings().stream().limit(FINDINGS_KEPT).map(Said::of).toList();
    }

    private static Said of(Finding finding) {
        Finding.Suspect suspect = finding.suspect();
        return new Said(
                finding.kind().label(),
                finding.type(),
                finding.count(),
                suspect == null ? 0 : suspect.confidence(),
                suspect == null ? null : Place.of(suspect.site()),
                suspect == null ? List.of() : program(suspect.stack()),
                finding.expected().stream()
                        .map(expected -> Place.of(expected.site()))
                        .limit(3)
                        .toList(),
                finding.expected().isEmpty()
                        ? List.of()
                        : program(finding.expected().get(0).stack()),
                finding.summary());
    }

    private static List<Place> program(List<dev.heldby.analysis.Site> stack) {
        return stack.stream()
                .filter(site -> !site.plumbing())
                .map(Place::of)
                .limit(FRAMES_KEPT)
                .toList();
    }
}
