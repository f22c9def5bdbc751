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
    private static final int MOST_LINES = 12;

    /** This many frames of others in a row are not worth reading. */
    private static final int LONG_RUN = 5;

    private StackText() {}

    static List<String> lines(Site site, List<Site> stack) {
        int at = Math.max(0, stack.indexOf(site));
        String home = origin(site.className());
        List<String> outward = elided(stack.subList(at, stack.size()), home);
        List<String> lines = new ArrayList<>(outward.subList(0, Math.min(MOST_LINES, outward.size())));
        if (outward.size() > MOST_LINES) {
            lines.add("... " + (outward.size() - MOST_LINES) + " lines further out, in the JSON report");
        }
        List<String> within = new ArrayList<>(elided(stack.subList(0, at), home));
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

    /** Runs of plumbing, and long runs of frames that are another's than the site, become one line each. */
    private static List<String> elided(List<Site> frames, String home) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < frames.size(); ) {
            int to = endOfRun(frames, from, home);
            if (to - from >= LONG_RUN || frames.get(from).plumbing()) {
                lines.add(elision(frames.subList(from, to)));
            } else {
                frames.subList(from, to).forEach(frame -> lines.add(frame(frame)));
            }
            from = to;
        }
        return lines;
    }

    /** A run is one of plumbing, or one of frames that all are foreign, or a single frame. */
    private static int endOfRun(List<Site> frames, int from, String home) {
        int to = from + 1;
        boolean plumbing = frames.get(from).plumbing();
        boolean foreign = isForeign(frames.get(from), home);
        while (to < frames.size()
                && (plumbing || foreign)
                && (frames.get(to).plumbing() || foreign && isForeign(frames.get(to), home))) {
            to++;
        }
        return to;
    }

    private static boolean isForeign(Site frame, String home) {
        return !frame.plumbing() && !origin(frame.className()).equals(home);
    }

    private static String elision(List<Site> run) {
        Set<String> origins = new LinkedHashSet<>();
        run.forEach(frame -> origins.add(origin(frame.className())));
        return "... " + run.size() + (run.size() == 1 ? " frame of " : " frames of ") + String.join(" and ", origins);
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
