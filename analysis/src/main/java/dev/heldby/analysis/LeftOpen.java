// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.recording.Escapes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which exception left objects open: one that left the method in which their release was still to come, or one that this had called. An
 * exception that comes when it has returned is none of its causes.
 */
final class LeftOpen {
    private LeftOpen() {}

    /** The most frequent one; null if none is known. */
    static Finding.LeftBy by(List<Suspicion> owners) {
        Map<String, Long> counts = new TreeMap<>();
        owners.stream()
                .filter(LeftOpen::isPassedBy)
                .forEach(one ->
                        counts.merge(one.observation().note(), one.observation().count(), Long::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> new Finding.LeftBy(most.getKey(), most.getValue()))
                .orElse(null);
    }

    private static boolean isPassedBy(Suspicion one) {
        int name = one.observation().note().indexOf(Escapes.OUT_OF);
        if (one.kind() != Finding.Kind.MISSING_RELEASE
                || name < 0
                || one.expected().isEmpty()) {
            return false;
        }
        String left = one.observation().note().substring(name + Escapes.OUT_OF.length());
        List<Site> birth = one.of().birth().frames();
        return birth.subList(0, common(birth, one.expected().get(0)) + 1).stream()
                .anyMatch(frame -> left.equals(frame.className() + "." + frame.method()));
    }

    /** Where on the birth's stack the method is that also leads to the release; -1 if it is not there. */
    private static int common(List<Site> birth, Finding.Expected expected) {
        if (expected.support() == 0) {
            return IntStream.range(0, birth.size())
                    .filter(i -> birth.get(i).sameMethod(expected.site()))
                    .findFirst()
                    .orElse(-1);
        }
        List<Site> release = expected.stack();
        int mine = birth.size() - 1;
        int theirs = release.size() - 1;
        while (mine >= 0
                && theirs >= 0
                && birth.get(mine).sameMethod(release.get(theirs))
                && (mine == birth.size() - 1
                        || birth.get(mine + 1).line() == release.get(theirs + 1).line())) {
            mine--;
            theirs--;
        }
        return mine + 1 < birth.size() ? mine + 1 : -1;
    }
}
