// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the references that one holder takes are given back, as a share for each place, learnt from whole lives.
 *
 * <p>A life tells what was taken and given back, not what was given back for what: as sentences and their translations tell of
 * words. So the shares are found as those of word alignment are, by expectation maximisation (Brown and others, The Mathematics
 * of Statistical Machine Translation, 1993, model 1): each life spreads its puts over its gets as the shares of the round before and
 * the likeness of the stacks have it, each once (by the balancing of Sinkhorn and Knopp, 1967), and the next shares are the
 * sums of that. Holders that act equally often, in lives of different kinds, so find each other.
 *
 * <p>Costs a few hundred operations for each pair of events in each kind of life. Built once, read by one thread.
 */
final class Alignment {
    private static final int ROUNDS = 40;
    private static final int BALANCINGS = 4;

    /** How much the stacks weigh against what other lives show: two that are wholly alike count e^4 times one that is not. */
    private static final double LIKENESS = 2;

    /** What a share is at least, so that what was not seen in one round is not lost for all. */
    private static final double LEAST = 1e-6;

    /** What counts of a share that callers of the same places have in all. */
    private static final double ANY_CALLER = 0.3;

    private Shares shares = new Shares(Stack::holder);
    private Shares bySite = new Shares(Stack::places);

    /** Lives of which the same holders took and gave back in the same order. */
    private static final class Kind {
        final HealthyLife example;
        final double[][] likeness;
        /** How many gets, and puts, are of the same holder as the i-th. */
        final int[] gets;

        final int[] puts;
        long count;

        Kind(HealthyLife example) {
            this.example = example;
            Affinity affinity =
                    new Affinity(example.references().map(Reference::stack).toList());
            gets = alike(example.gets());
            puts = alike(example.puts());
            likeness = new double[example.taken().size()][example.given().size()];
            for (int i = 0; i < likeness.length; i++) {
                for (int j = 0; j < likeness[i].length; j++) {
                    Reference taken = example.taken().get(i);
                    Reference given = example.given().get(j);
                    likeness[i][j] = taken.position() < given.position()
                            ? Math.exp(LIKENESS * affinity.between(taken, given))
                            : 0;
                }
            }
        }
    }

    private static int[] alike(List<Stack> stacks) {
        return stacks.stream()
                .mapToInt(one -> (int) stacks.stream().filter(one::sameHolder).count())
                .toArray();
    }

    private record Holders(List<List<Site>> takers, List<List<Site>> givers) {
        static Holders of(HealthyLife life) {
            return new Holders(
                    life.gets().stream().map(Stack::holder).toList(),
                    life.puts().stream().map(Stack::holder).toList());
        }
    }

    Alignment(List<HealthyLife> lives) {
        Map<Holders, Kind> kinds = new LinkedHashMap<>();
        for (HealthyLife life : lives) {
            kinds.computeIfAbsent(Holders.of(life), k -> new Kind(life)).count += life.count();
        }
        for (int round = 0; round < ROUNDS; round++) {
            round(kinds.values());
        }
    }

    private void round(Collection<Kind> kinds) {
        Shares next = new Shares(Stack::holder);
        Shares nextBySite = new Shares(Stack::places);
        for (Kind kind : kinds) {
            double[][] spread = balanced(weights(kind));
            for (int i = 0; i < spread.length; i++) {
                for (int j = 0; j < spread[i].length; j++) {
                    next.add(taker(kind, i), giver(kind, j), kind.count * spread[i][j]);
                    nextBySite.add(taker(kind, i), giver(kind, j), kind.count * spread[i][j]);
                }
            }
        }
        shares = next;
        bySite = nextBySite;
    }

    private double[][] weights(Kind kind) {
        double[][] weights = new double[kind.likeness.length][];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = kind.likeness[i].clone();
            for (int j = 0; !shares.isEmpty() && j < weights[i].length; j++) {
                weights[i][j] *= LEAST
                        + shares.of(taker(kind, i), giver(kind, j), kind.gets[i], kind.puts[j])
                        + ANY_CALLER * bySite.of(taker(kind, i), giver(kind, j), kind.gets[i], kind.puts[j]);
            }
        }
        return weights;
    }

    private static Stack taker(Kind kind, int index) {
        return kind.example.taken().get(index).stack();
    }

    private static Stack giver(Kind kind, int index) {
        return kind.example.given().get(index).stack();
    }

    /** Rows and columns that sum up to one, as far as a few steps reach. */
    private static double[][] balanced(double[][] weights) {
        for (int step = 0; step < BALANCINGS; step++) {
            for (int j = 0; weights.length > 0 && j < weights[0].length; j++) {
                double sum = 0;
                for (double[] row : weights) {
                    sum += row[j];
                }
                for (double[] row : weights) {
                    row[j] = sum == 0 ? 0 : row[j] / sum;
                }
            }
            for (double[] row : weights) {
                double sum = 0;
                for (double weight : row) {
                    sum += weight;
                }
                for (int j = 0; j < row.length; j++) {
                    row[j] = sum == 0 ? 0 : row[j] / sum;
                }
            }
        }
        return weights;
    }

    Shares shares() {
        return shares;
    }
}
