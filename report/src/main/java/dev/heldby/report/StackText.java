// SPDX-License-Identifier: Apache-2.0
package dev.heldby.report;

import dev.heldby.analysis.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A stack as lines for a person: the site first, then who called it, then what ran within it; library frames counted. */
final class StackText {
    /** Beyond this, outer frames tell where a server loop started, not where the defect is. */
    private static final int MOST_FRAMES = 12;

    private StackText() {}

    static List<String> lines(Site site, List<Site> stack) {
        int at = Math.max(0, stack.indexOf(site));
        List<String> outward = elided(stack.subList(at, stack.size()));
        List<String> lines = new ArrayList<>(outward.subList(0, Math.min(MOST_FRAMES, outward.size())));
        if (outward.size() > MOST_FRAMES) {
            lines.add("... " + (outward.size() - MOST_FRAMES) + " lines further out, in the JSON report");
        }
        List<String> within = new ArrayList<>(elided(stack.subList(0, at)));
        Collections.reverse(within);
        if (!within.isEmpty()) {
            lines.add("within it: " + String.join(", ", within));
        }
        return lines;
    }

    static String frame(Site site) {
        return site.className() + "." + site.method() + "(" + source(site) + ")";
    }

    private static String source(Site site) {
        if (site.file() == null) {
            return "unknown source";
        }
        return site.line() < 0 ? site.file() : site.file() + ":" + site.line();
    }

    /** Runs of plumbing become one line each. */
    private static List<String> elided(List<Site> frames) {
        List<String> lines = new ArrayList<>();
        List<Site> run = new ArrayList<>();
        for (Site frame : frames) {
            if (frame.plumbing()) {
                run.add(frame);
                continue;
            }
            flush(run, lines);
            lines.add(frame(frame));
        }
        flush(run, lines);
        return lines;
    }

    private static void flush(List<Site> run, List<String> lines) {
        if (run.isEmpty()) {
            return;
        }
        Set<String> origins = new LinkedHashSet<>();
        run.forEach(frame -> origins.add(origin(frame.className())));
        lines.add(
                "... " + run.size() + (run.size() == 1 ? " frame of " : " frames of ") + String.join(" and ", origins));
        run.clear();
    }

    /** The first two parts of a package name tell whose it is. */
    private static String origin(String className) {
        if (className.matches("(java|javax|jdk|sun|com\\.sun)\\..*")) {
            return "the JDK";
        }
        String[] parts = className.split("\\.");
        if (parts.length == 1) {
            return className;
        }
        return parts.length == 2 ? parts[0] : parts[0] + "." + parts[1];
    }
}
