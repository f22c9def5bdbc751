// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Op;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The one sentence of a finding. It states facts; what is less than certain says so. */
final class Summary {
    private static final double SURE = 0.8;
    private static final double EVEN = 0.5;

    private Summary() {}

    static String of(Suspicion best, String type, long count, Map<String, Long> inner) {
        String object = article(brief(type)) + inner(inner);
        if (best.site() == null) {
            return unplaced(best, type, count);
        }
        return switch (best.kind()) {
            case SURPLUS_RELEASE -> surplus(best, object);
            case USE_AFTER_RELEASE -> lapsed(best, object);
            case LAPSED_USE -> lapsedReference(best, object);
            case COUNT_MISUSE ->
                best.site().brief() + " misuses " + object + ": "
                        + best.observation().note() + ".";
            case UNREFERENCED_MEMORY ->
                "Off-heap memory that " + best.site().brief()
                        + " allocates is not freed, and nothing points to it any more.";
            default -> missing(best, object);
        };
    }

    private static String missing(Suspicion best, String object) {
        String taking = best.operation() == Op.BORN ? " takes by making it" : " takes";
        String place = best.site().brief() + taking;
        String fate = best.of().isGrowing()
                ? " has not been given back, and there are ever more of them"
                : " is never given back";
        double sure = best.confidence().value();
        String said;
        if (sure <= EVEN) {
            said = "A reference to " + object + fate + "; HeldBy cannot be sure which, perhaps the one that " + place;
        } else {
            said = (sure < SURE ? "Probably the" : "The") + " reference to " + object + " that " + place + fate;
        }
        return said + expected(best.expected()) + ".";
    }

    private static String expected(List<Finding.Expected> expected) {
        if (expected.isEmpty()) {
            return "";
        }
        String place = expected.get(0).site().brief();
        return expected.get(0).support() > 0
                ? "; where all goes well it is given back at " + place
                : "; no object like it was seen to be given back, but the code could at " + place;
    }

    private static String surplus(Suspicion best, String object) {
        double sure = best.confidence().value();
        String place = best.site().brief();
        String said;
        if (sure <= EVEN) {
            said = "A reference to " + object
                    + " is given back once too often; HeldBy cannot be sure by whom, perhaps at " + place;
        } else {
            said = (sure < SURE ? "Probably " : "") + place + " gives back a reference to " + object
                    + " that it does not hold";
        }
        return said
                + (best.blow() == null
                        ? "."
                        : "; the refusal hits " + best.blow().brief() + ".");
    }

    private static String lapsed(Suspicion best, String object) {
        Site foreign = best.of().foreignPut();
        String clue =
                foreign == null ? "" : "; no recorded object that ended well was given back at " + foreign.brief();
        return best.site().brief() + " uses " + object + " after its last reference was given back"
                + (best.blow() == null ? "" : " at " + best.blow().brief()) + clue + ".";
    }

    private static String lapsedReference(Suspicion best, String object) {
        return best.site().brief() + " uses " + object + " through a reference that was given back"
                + (best.blow() == null ? "" : " at " + best.blow().brief()) + ", while "
                + Lapse.holder(best.of())
                        .map(holder -> "what " + holder.brief() + " took is still held.")
                        .orElse("others still hold it.");
    }

    private static String unplaced(Suspicion best, String type, long count) {
        String what = switch (best.kind()) {
            case SURPLUS_RELEASE -> "given back once too often";
            case USE_AFTER_RELEASE -> "used after the last reference was given back";
            case LAPSED_USE -> "used through a reference that was given back";
            case COUNT_MISUSE -> "misused: " + best.observation().note();
            case UNREFERENCED_MEMORY -> "not freed, and nothing points to it any more";
            default -> "never given back";
        };
        return String.format(
                Locale.ROOT,
                "%,d x %s %s; no stacks were recorded, so set level trace or full for the rule %s to see the place.",
                count,
                brief(type),
                what,
                best.observation().rule());
    }

    private static String inner(Map<String, Long> inner) {
        return inner.isEmpty()
                ? ""
                : " (with its "
                        + String.join(
                                " and ",
                                inner.keySet().stream().map(Summary::brief).toList())
                        + ")";
    }

    private static String article(String noun) {
        return ("AEIOU".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    private static String brief(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
