// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import dev.heldby.eval.plant.CallSite;
import dev.heldby.eval.plant.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Chooses defects by a seed: a site that is reached often enough and changes counts at least half the time, then what is done to it and how often. */
final class Choice {
    /** Executions below which a site is not chosen. */
    static final long OFTEN = 20;

    /** What a spoilt share must amount to. */
    private static final double FEWEST_SPOILT = 5;

    private static final double LEAST_RATE = 0.01;
    private static final double GREATEST_RATE = 0.5;

    private final Census census;
    private final Random random;
    private final List<Census.Counted> sites;

    Choice(Census census, long seed) {
        this.census = census;
        this.random = new Random(seed);
        this.sites = census.sites().stream()
                .filter(counted -> counted.count() >= OFTEN && 2 * counted.told() >= counted.count())
                .sorted(Comparator.comparing(counted -> counted.site().id()))
                .toList();
    }

    /** Kinds take turns as far as a site allows them. */
    List<Defect> choose(int number) {
        List<Defect> chosen = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Kind kind = kindOf(i);
            List<Census.Counted> fitting =
                    sites.stream().filter(site -> allows(site, kind)).toList();
            if (fitting.isEmpty()) {
                continue;
            }
            Census.Counted site = fitting.get(random.nextInt(fitting.size()));
            chosen.add(new Defect(site.site(), kind, rate(site, kind), random.nextInt(Integer.MAX_VALUE)));
        }
        return chosen;
    }

    /** Half of all are left-out releases, the most frequent defect. */
    private static Kind kindOf(int number) {
        return switch (number % 6) {
            case 0, 2, 4 -> Kind.SKIP;
            case 1 -> Kind.DOUBLE;
            case 3 -> Kind.DROP_RETAIN;
            default -> Kind.EARLY;
        };
    }

    /** Closing twice, or early, is allowed of what is only open or closed, and who gives back must be known of a retain. */
    private boolean allows(Census.Counted counted, Kind kind) {
        CallSite site = counted.site();
        boolean counting = !site.calls().contains(".close()") && !site.calls().contains(".end()");
        return site.get() == kind.concernsGets()
                && switch (kind) {
                    case SKIP -> true;
                    case DOUBLE -> counting;
                    case EARLY -> counting && site.early();
                    case DROP_RETAIN -> census.knowsPartner(counted);
                };
    }

    /** A third of the left-out releases never run, if it is known what they give back; all else is a share. */
    private double rate(Census.Counted site, Kind kind) {
        if (random.nextInt(3) == 0 && kind == Kind.SKIP && census.knowsPartner(site)) {
            return 1;
        }
        double least = Math.min(GREATEST_RATE, Math.max(LEAST_RATE, FEWEST_SPOILT / site.count()));
        double rate = least * Math.pow(GREATEST_RATE / least, random.nextDouble());
        return Math.round(rate * 1000) / 1000.0;
    }
}
