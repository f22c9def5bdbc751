// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which get goes with which put, learnt from objects that died in good order. Built once, read by one thread. */
final class Lessons {
    /** What it is worth that one gives back all that the other takes: more than any likeness of stacks. */
    private static final double ALIGNED = 4;

    private final Sites sites;
    private final List<Lesson> all = new ArrayList<>();
    private final Shares learnt = new Shares(Stack::holder);
    private final Shares learntBySite = new Shares(Stack::places);
    /** How often which methods gave back what which methods took. */
    private final Map<List<Site>, Map<List<Site>, Long>> partners = new HashMap<>();

    private final Wrappers wrappers = new Wrappers();

    /**
     * A get and the put that went with it.
     *
     * @param at when the put was
     * @param site the place that tells this put from its neighbours; of a library's own put where that is
     */
    record Lesson(HealthyLife life, Reference taken, Stack given, Instant at, Site site) {}

    Lessons(List<HealthyLife> lives, Sites sites) {
        this.sites = sites;
        List<HealthyLife> teachers = lives.stream().filter(HealthyLife::teaches).toList();
        Shares aligned = new Alignment(teachers).shares();
        teachers.forEach(life -> learn(life, aligned));
    }

    private void learn(HealthyLife life, Shares aligned) {
        List<Stack> gets = life.gets();
        List<Stack> puts = life.puts();
        Affinity affinity = new Affinity(life.references().map(Reference::stack).toList());
        Matching matching = Matching.ofTaken(
                life.taken(),
                life.given(),
                (get, put) -> affinity.between(get, put) + ALIGNED * aligned.of(get.stack(), put.stack()));
        for (Matching.Pair pair : matching.pairs()) {
            Stack get = pair.taken().stack();
            Stack put = pair.given().stack();
            if (!put.isEmpty() && !get.isEmpty()) {
                wrappers.learn(get, put, gets);
                wrappers.learn(put, get, puts);
                learnt.add(get, put, (double) life.count());
                learntBySite.add(get, put, (double) life.count());
                partners.computeIfAbsent(get.holderMethods(), k -> new HashMap<>())
                        .merge(put.holderMethods(), life.count(), Long::sum);
                all.add(new Lesson(life, pair.taken(), put, pair.given().event().at(), site(put, puts)));
            }
        }
    }

    /** A library's method that several callers share is no wrapper of theirs: it is where the library gives back. */
    private Site site(Stack put, List<Stack> puts) {
        return sites.isOfLibrary(put.site()) ? put.site() : put.siteAgainst(puts);
    }

    Stream<Lesson> all() {
        return all.stream();
    }

    Wrappers wrappers() {
        return wrappers;
    }

    /** See {@link Shares#of}; where nobody is known to give back so, what others give back at that very place counts half. */
    double share(Stack taken, Stack given) {
        return learnt.knows(given) ? learnt.of(taken, given) : learntBySite.of(taken, given) / 2;
    }

    /** Whether it is known what is given back so. */
    boolean areGivenBack(Stack put) {
        return learnt.knows(put);
    }

    /** The methods of the puts that give back what is taken so, and how often each does; empty where nothing is known. */
    Map<List<Site>, Long> partners(Stack taken) {
        return partners.getOrDefault(taken.holderMethods(), Map.of());
    }
}
