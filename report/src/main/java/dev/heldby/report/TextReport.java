// SPDX-License-Identifier: Apache-2.0
package dev.heldby.report;

import dev.heldby.analysis.Finding;
import dev.heldby.analysis.Findings;
import dev.heldby.snapshot.Coverage;
import dev.heldby.snapshot.FootprintText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings as plain ASCII text for a person. Immutable; any thread. */
public final class TextReport {
    private final int limit;

    private TextReport(int limit) {
        this.limit = limit;
    }

    /** Shows every finding. */
    public static TextReport complete() {
        return new TextReport(Integer.MAX_VALUE);
    }

    /** Shows the first findings and says how many there are beyond. */
    public static TextReport limitedTo(int findings) {
        return new TextReport(findings);
    }

    /** The whole text, ending with a line feed. Suppressed findings are counted, not shown. */
    public String render(Findings findings) {
        List<Finding> open =
                findings.findings().stream().filter(f -> !f.suppressed()).toList();
        List<String> lines = new ArrayList<>();
        int shown = Math.min(limit, open.size());
        for (int i = 0; i < shown; i++) {
            lines.addAll(FindingText.lines(i + 1, open.get(i)));
            lines.add("");
        }
        lines.add(rest(open.size(), shown));
        if (open.size() < findings.findings().size()) {
            lines.add((findings.findings().size() - open.size()) + " suppressed");
        }
        lines.add(coverage(findings.coverage()));
        if (!findings.coverage().troubles().isEmpty()) {
            lines.add("unreliable, because parts of the recording failed:");
            findings.coverage().troubles().forEach(trouble -> lines.add("  " + trouble));
        }
        if (findings.footprint() != null) {
            lines.add("off-heap memory:");
            FootprintText.lines(findings.footprint()).forEach(line -> lines.add("  " + line));
        }
        return ascii(String.join("\n", lines) + "\n");
    }

    private static String rest(int all, int shown) {
        if (all == 0) {
            return "no findings";
        }
        return shown == all
                ? "no other findings"
                : (all - shown) + " of " + all + " findings not shown; raise the limit to see them";
    }

    private static String coverage(Coverage coverage) {
        return String.format(
                Locale.ROOT,
                "coverage: %,d objects followed, %,d of them with a full history, %,d records dropped",
                coverage.lifecycles(),
                coverage.traced(),
                coverage.dropped());
    }

    /** Logs and terminals of any encoding show it; a name beyond ASCII keeps its code. */
    private static String ascii(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            if (c < 0x7F) {
                ascii.append(c);
            } else {
                ascii.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return ascii.toString();
    }
}
