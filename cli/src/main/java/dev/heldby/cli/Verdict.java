// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.analysis.Analysis;
import dev.heldby.analysis.Finding;
import dev.heldby.analysis.Finding.Kind;
import dev.heldby.analysis.Findings;
import dev.heldby.report.JsonReport;
import dev.heldby.report.TextReport;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Snapshot;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What a snapshot shows, and the ways to tell it. */
record Verdict(Findings findings) {
    static Verdict of(Snapshot snapshot) {
        return new Verdict(Analysis.analyze(snapshot));
    }

    /** With what earlier runs taught. */
    static Verdict of(Snapshot snapshot, List<Healthy> earlier) {
        return new Verdict(Analysis.analyze(snapshot, earlier));
    }

    boolean isClean() {
        return findings.findings().isEmpty();
    }

    boolean hasAny(Set<Kind> kinds) {
        return findings.findings().stream().map(Finding::kind).anyMatch(kinds::contains);
    }

    void print(PrintWriter out, ReportFormat format) {
        out.print(render(format));
        out.flush();
    }

    void write(Path file, ReportFormat format) throws Failure {
        ReportFile.write(file, render(format).getBytes(StandardCharsets.UTF_8));
    }

    private String render(ReportFormat format) {
        String text = switch (format) {
            case TEXT -> TextReport.complete().render(findings);
            case JSON -> JsonReport.render(findings);
        };
        return text.endsWith("\n") ? text : text + "\n";
    }
}
