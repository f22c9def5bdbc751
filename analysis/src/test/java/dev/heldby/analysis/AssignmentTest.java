// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    @Test
    void should_find_the_greatest_sum_when_compared_with_trying_all() {
        Random random = new Random(3);
        for (int run = 0; run < 500; run++) {
            int rows = random.nextInt(6);
            int columns = random.nextInt(6);
            double[][] weights = new double[rows][columns];
            for (double[] row : weights) {
                for (int j = 0; j < columns; j++) {
                    row[j] = random.nextInt(4) == 0 ? Assignment.FORBIDDEN : random.nextInt(10);
                }
            }
            Assignment best = Assignment.of(weights, columns);
            assertThat(best.weight()).isCloseTo(most(weights, columns), within(1e-6));
        }
    }

    /** As many pairs as can be, then the greatest sum. */
    private static double most(double[][] weights, int columns) {
        double most = tryAll(weights, 0, new boolean[columns]);
        return most - 1000 * Math.floor(most / 1000);
    }

    private static double tryAll(double[][] weights, int row, boolean[] used) {
        if (row == weights.length) {
            return 0;
        }
        double most = tryAll(weights, row + 1, used);
        for (int j = 0; j < used.length; j++) {
            if (!used[j] && weights[row][j] > Assignment.FORBIDDEN) {
                used[j] = true;
                most = Math.max(most, 1000 + weights[row][j] + tryAll(weights, row + 1, used));
                used[j] = false;
            }
        }
        return most;
    }
}
