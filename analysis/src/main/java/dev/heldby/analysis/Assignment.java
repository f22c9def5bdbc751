// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.Arrays;

/**
 * The pairing of rows with columns that has the greatest sum of weights (the Hungarian method with potentials), O(n^3).
 *
 * <p>Exact rather than greedy: a greedy choice pairs the two events that look most alike first and may leave a third one
 * without any partner, which would name the wrong suspect. Histories are bounded, so n stays small.
 *
 * @param columnOfRow -1 where a row has no column
 * @param weight the sum over all pairs
 */
record Assignment(int[] columnOfRow, double weight) {
    /** The weight of a pair that must not be. */
    static final double FORBIDDEN = -1e6;

    static Assignment of(double[][] weights, int columns) {
        int n = Math.max(weights.length, columns);
        int[] rowOfColumn = solve(weights, columns, n);
        int[] columnOfRow = new int[weights.length];
        Arrays.fill(columnOfRow, -1);
        double sum = 0;
        for (int column = 1; column <= columns; column++) {
            int row = rowOfColumn[column] - 1;
            if (row < weights.length && weights[row][column - 1] > FORBIDDEN) {
                columnOfRow[row] = column - 1;
                sum += weights[row][column - 1];
            }
        }
        return new Assignment(columnOfRow, sum);
    }

    private static double cost(double[][] weights, int columns, int row, int column) {
        return row > weights.length || column > columns ? 0 : -weights[row - 1][column - 1];
    }

    /** Rows and columns count from 1; column 0 is where each row starts. */
    private static int[] solve(double[][] weights, int columns, int n) {
        double[] rowPotential = new double[n + 1];
        double[] columnPotential = new double[n + 1];
        int[] rowOf = new int[n + 1];
        int[] via = new int[n + 1];
        for (int row = 1; row <= n; row++) {
            rowOf[0] = row;
            double[] slack = new double[n + 1];
            Arrays.fill(slack, Double.POSITIVE_INFINITY);
            boolean[] seen = new boolean[n + 1];
            int column = 0;
            do {
                seen[column] = true;
                int current = rowOf[column];
                int nearest = 0;
                double step = Double.POSITIVE_INFINITY;
                for (int j = 1; j <= n; j++) {
                    if (!seen[j]) {
                        double reduced =
                                cost(weights, columns, current, j) - rowPotential[current] - columnPotential[j];
                        if (reduced < slack[j]) {
                            slack[j] = reduced;
                            via[j] = column;
                        }
                        if (slack[j] < step) {
                            step = slack[j];
                            nearest = j;
                        }
                    }
                }
                for (int j = 0; j <= n; j++) {
                    if (seen[j]) {
                        rowPotential[rowOf[j]] += step;
                        columnPotential[j] -= step;
                    } else {
                        slack[j] -= step;
                    }
                }
                column = nearest;
            } while (rowOf[column] != 0);
            while (column != 0) {
                rowOf[column] = rowOf[via[column]];
                column = via[column];
            }
        }
        return rowOf;
    }
}
