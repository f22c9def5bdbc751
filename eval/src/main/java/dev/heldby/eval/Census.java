// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import dev.heldby.eval.plant.CallSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a healthy run of a workload showed: its sites, how often each was reached, and what gave back what. */
record Census(
        List<Counted> sites, List<Pair> pairs, long refused, long unended, List<PlantFile.Unreturned> unreturned) {

    /**
     * @param count how often the site was reached with a counted object
     * @param told how many changes of a count came of that; none where the object was never to be released
     */
    record Counted(CallSite site, long count, long told) {}

    /**
     * @param given id of the site that gave back
     * @param taken id of the site that took; "null" for a birth
     */
    record Pair(long count, String given, String taken, List<Place> takenAt, List<Place> givenAt) {}

    static Census read(Path file) throws IOException {
        List<Counted> sites = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        List<PlantFile.Unreturned> unreturned = new ArrayList<>();
        long refused = 0;
        long unended = 0;
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split("\t", -1);
            switch (words[0]) {
                case "site" -> sites.add(new Counted(site(words), Long.parseLong(words[8]), Long.parseLong(words[9])));
                case "pair" ->
                    pairs.add(new Pair(
                            Long.parseLong(words[1]),
                            words[2],
                            words[3],
                            Place.parseAll(words[4]),
                            Place.parseAll(words[5])));
                case "refused" -> refused = Long.parseLong(words[1]);
                case "unended" -> unended = Long.parseLong(words[1]);
                case "unreturned" -> unreturned.add(PlantFile.Unreturned.parse(words));
                default -> {
                    // Of interest to a reader only.
                }
            }
        }
        return new Census(sites, pairs, refused, unended, unreturned);
    }

    private static CallSite site(String[] words) {
        return new CallSite(
                words[1],
                words[2].equals("get"),
                words[3],
                words[4],
                words[5],
                Integer.parseInt(words[6]),
                Boolean.parseBoolean(words[7]));
    }

    /**
     * The pairs that a site is the taking or the giving part of. What is seen in less than one of a hundred is left out:
     * a thread that stood at a site when something else was given back.
     */
    List<Pair> pairsOf(CallSite site) {
        Function<Pair, String> part = site.get() ? Pair::taken : Pair::given;
        List<Pair> all = pairs.stream()
                .filter(pair -> part.apply(pair).equals(site.id()))
                .toList();
        long count = all.stream().mapToLong(Pair::count).sum();
        return all.stream().filter(pair -> pair.count() * 100 >= count).toList();
    }

    /** Whether references of that place are left open in the healthy run, too. */
    boolean leavesOpen(List<Place> takenAt) {
        return unreturned.stream().anyMatch(one -> one.takenAt().equals(takenAt));
    }

    /** How many references were taken or given back there whose other part is known. */
    long paired(CallSite site) {
        return pairsOf(site).stream().mapToLong(Pair::count).sum();
    }

    /** Whether that is known of at least half of them. */
    boolean knowsPartner(Counted counted) {
        return 2 * paired(counted.site()) >= counted.count();
    }

    Counted counted(CallSite site) {
        return sites.stream()
                .filter(one -> one.site().id().equals(site.id()))
                .findFirst()
                .orElseThrow();
    }
}
