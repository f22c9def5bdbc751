// SPDX-License-Identifier: Apache-2.0
package dev.heldby.report;

import dev.heldby.analysis.Finding;
import dev.heldby.analysis.Site;
import dev.heldby.snapshot.LostBlocks;
import dev.heldby.snapshot.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One finding as lines for a tired person: what, where, where it should have been, what happened, how sure. */
final class FindingText {
    private static final double SURE = 0.9;
    private static final double LIKELY = 0.8;
    private static final double EVEN = 0.5;
    private static final int MOST_PLACES = 3;
    private static final int FIRST_STEPS = 8;
    private static final int LAST_STEPS = 8;

    private final Finding finding;
    private final List<String> lines = new ArrayList<>();

    private FindingText(Finding finding) {
        this.finding = finding;
    }

    static List<String> lines(int number, Finding finding) {
        FindingText text = new FindingText(finding);
        text.header(number);
        text.memory();
        text.places();
        text.exception();
        text.history();
        text.certainty();
        return text.lines;
    }

    private void header(int number) {
        String header = String.format(
                Locale.ROOT,
                "%d. %s: %,d x %s",
                number,
                finding.kind().label().replace('-', ' '),
                finding.count(),
                brief(finding.type()));
        if (finding.bytes() > 0) {
            header += String.format(Locale.ROOT, ", %,d bytes", finding.bytes());
        }
        lines.add(header + ", " + found() + marks());
        lines.add("   " + finding.summary());
    }

    private void memory() {
        LostBlocks lost = finding.lost();
        if (lost == null) {
            return;
        }
        lines.add("   " + range(lost.smallest(), lost.largest()) + " bytes each, allocated "
                + range(lost.youngestMillis() / 1000, lost.oldestMillis() / 1000) + " seconds ago" + trend(lost));
        lost.content().forEach(line -> lines.add("     " + line));
    }

    private static String range(long least, long most) {
        String from = String.format(Locale.ROOT, "%,d", least);
        return least == most ? from : from + String.format(Locale.ROOT, " to %,d", most);
    }

    private static String trend(LostBlocks lost) {
        if (lost.growing() == 0) {
            return "; no more than at the scan before";
        }
        String more = String.format(
                Locale.ROOT, "; %,d of them, %,d bytes, since the scan before", lost.moreBlocks(), lost.moreBytes());
        return more + (lost.growing() > 1 ? ", more at each of " + lost.growing() + " scans" : "");
    }

    private String found() {
        return switch (finding.detectedBy()) {
            case SCOPE_END -> "held when its scope ended";
            case EXIT -> "held at exit";
            case AGE -> "held too long";
            case CALL -> finding.kind() == Finding.Kind.LAPSED_USE ? "seen at the use" : "refused";
            case CLOSED -> "held when its owner closed";
            case EXHAUSTION -> "held when room ran out";
            case GROWTH -> "growing";
            case SCAN -> "found by a scan";
            case UNREACHABLE -> "unreachable";
        };
    }

    private String marks() {
        return (finding.isNew() ? "" : ", known") + (finding.suppressed() ? ", suppressed" : "");
    }

    private void places() {
        Finding.Suspect suspect = finding.suspect();
        if (suspect == null) {
            return;
        }
        section(likelihood(suspect.confidence()) + what(suspect.operation()), suspect.site(), suspect.stack());
        List<Finding.Expected> most = finding.expected()
                .subList(0, Math.min(mostPlaces(), finding.expected().size()));
        for (Finding.Expected expected : most) {
            section(expectation(expected), expected.site(), expected.stack());
        }
        if (finding.expected().size() > most.size()) {
            int more = finding.expected().size() - most.size();
            lines.add("   and at " + more + (more == 1 ? " more place" : " more places") + ", in the JSON report");
        }
    }

    /** What only the code shows is a guess: the best is enough. */
    private int mostPlaces() {
        boolean guessed = finding.expected().stream().limit(1).anyMatch(expected -> expected.support() == 0);
        return guessed ? 1 : MOST_PLACES;
    }

    private String what(Op operation) {
        if (finding.kind() == Finding.Kind.COUNT_MISUSE) {
            return "misused:";
        }
        return switch (operation) {
            case PUT -> "given back without being held:";
            case USE ->
                finding.kind() == Finding.Kind.LAPSED_USE
                        ? "used through a reference that was given back:"
                        : "used after the last release:";
            default ->
                finding.kind() == Finding.Kind.UNREFERENCED_MEMORY
                        ? "allocated and never freed:"
                        : "taken and never given back:";
        };
    }

    private static String likelihood(double confidence) {
        if (confidence >= LIKELY) {
            return "";
        }
        return confidence > EVEN ? "probably " : "perhaps ";
    }

    private String expectation(Finding.Expected expected) {
        return expected.support() > 0
                ? "released here when all goes well (" + support(expected) + "):"
                : "a release that the code has, and that was not made:";
    }

    private String support(Finding.Expected expected) {
        long all =
                finding.expected().stream().mapToLong(Finding.Expected::support).sum();
        return String.format(Locale.ROOT, "%,d of %,d", expected.support(), all);
    }

    private void exception() {
        if (finding.leftBy() != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "   left open by an exception, %,d of %,d:",
                    finding.leftBy().count(),
                    finding.count()));
            lines.add("     " + finding.leftBy().exception());
        }
    }

    private void section(String title, Site site, List<Site> stack) {
        lines.add("   " + title);
        StackText.lines(site, stack).forEach(line -> lines.add("     " + line));
    }

    private void history() {
        int steps = finding.history().size();
        if (steps == 0) {
            return;
        }
        if (hasPaths()) {
            paths();
            return;
        }
        lines.add("   history of one object (operation, references after it, thread, place):");
        boolean whole = steps <= FIRST_STEPS + LAST_STEPS;
        for (int i = 0; i < steps; i++) {
            if (whole || i < FIRST_STEPS || i >= steps - LAST_STEPS) {
                lines.add(step(finding.history().get(i)));
            } else if (i == FIRST_STEPS) {
                lines.add("     ... " + (steps - FIRST_STEPS - LAST_STEPS) + " events more, in the JSON report");
            }
        }
        if (finding.dropped() > 0) {
            lines.add(String.format(Locale.ROOT, "     %,d events in the middle were not kept", finding.dropped()));
        }
        if (finding.folded() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "     %,d events in the middle that cancel each other out are left out",
                    finding.folded()));
        }
    }

    private boolean hasPaths() {
        return finding.divergence() != null
                && finding.history().size() <= FIRST_STEPS + LAST_STEPS
                && finding.divergence().healthyPath().size() <= FIRST_STEPS + LAST_STEPS;
    }

    private void paths() {
        Finding.Divergence divergence = finding.divergence();
        lines.add(String.format(
                Locale.ROOT,
                "   history of one object (-, one of %,d) and of one that ended well (+, one of %,d):",
                divergence.leakedCount(),
                divergence.healthyCount()));
        new PathDiff(finding.history(), divergence.healthyPath())
                .lines(FindingText::stepText)
                .forEach(line -> lines.add("   " + line));
    }

    private static String step(Finding.Step step) {
        return "     " + stepText(step);
    }

    private static String stepText(Finding.Step step) {
        String place = step.site() == null ? "no stack" : StackText.frame(step.site());
        return String.format(Locale.ROOT, "%-4s %3d  %s  %s", word(step.op()), step.count(), step.thread(), place);
    }

    private static String word(Op op) {
        return op.name().toLowerCase(Locale.ROOT);
    }

    private void certainty() {
        Finding.Suspect suspect = finding.suspect();
        if (suspect != null && suspect.confidence() < SURE) {
            lines.add(String.format(
                    Locale.ROOT, "   certainty %.0f %%: %s", suspect.confidence() * 100, finding.doubt()));
        }
        lines.add("   fingerprint " + finding.fingerprint());
    }

    private static String brief(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
