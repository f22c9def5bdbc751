// SPDX-License-Identifier: Apache-2.0
package dev.heldby.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;

/** The kernel's table of operations, read as slowly as it is written: in numbers without limits and without threads. */
final class CountModel {
    private static final int[] TELLING = {
        0, 1, 2, 3, Integer.MAX_VALUE, Integer.MAX_VALUE - 1, SaturatingCount.SATURATED, -1, Integer.MIN_VALUE
    };

    int value;

    CountModel(int value) {
        this.value = value;
    }

    static int anyCount(Random random) {
        int at = random.nextInt(2 * TELLING.length);
        return at < TELLING.length ? TELLING[at] : random.nextInt();
    }

    private static int anyReferences(Random random) {
        return anyCount(random) & Integer.MAX_VALUE;
    }

    /** Does one step in both. */
    void assertNextStep(SaturatingCount count, Random random) {
        int before = value;
        int references = anyReferences(random);
        int choice = random.nextInt(8);
        int limit = anyCount(random);
        boolean expected = step(choice, references, limit);
        boolean answered = step(count, choice, references, limit);

        assertThat(answered)
                .as("%d on %d with %d, %d", choice, before, references, limit)
                .isEqualTo(expected);
        assertThat(count.get())
                .as("%d on %d with %d, %d", choice, before, references, limit)
                .isEqualTo(value);
    }

    private static boolean step(SaturatingCount count, int choice, int references, int limit) {
        switch (choice) {
            case 0:
                count.add(references);
                return false;
            case 1:
                return count.addUnlessZero(references);
            case 2:
                return count.addUnlessZeroAcquire(references);
            case 3:
                return count.addUnlessZeroLimitedAcquire(references, limit);
            case 4:
                return count.subtractAndTest(references);
            case 5:
                count.decrement();
                return false;
            case 6:
                return count.decrementIfOne();
            default:
                return count.decrementUnlessOne();
        }
    }

    private boolean step(int choice, int references, int limit) {
        switch (choice) {
            case 0:
                store(value == 0 ? BigInteger.valueOf(-1) : sum(references));
                return false;
            case 1, 2:
                return addUnlessZero(references);
            case 3:
                boolean refused = value == 0 || sum(references).compareTo(BigInteger.valueOf(limit)) > 0;
                return !refused && addUnlessZero(references);
            case 4:
                boolean last = value > 0 && value == references;
                store(value > 0 ? sum(-(long) references) : BigInteger.valueOf(-1));
                return last;
            case 5:
                store(value == 1 ? BigInteger.valueOf(-1) : sum(-1));
                return false;
            case 6:
                boolean one = value == 1;
                value = one ? 0 : value;
                return one;
            default:
                boolean more = value != 1;
                value -= value == 0 || value == 1 || value == SaturatingCount.SATURATED ? 0 : 1;
                return more;
        }
    }

    private boolean addUnlessZero(int references) {
        boolean isZero = value == 0;
        store(sum(references));
        value = isZero ? 0 : value;
        return !isZero;
    }

    private BigInteger sum(long change) {
        return BigInteger.valueOf(value).add(BigInteger.valueOf(change));
    }

    /** What was bad, or is not within the good half, saturates. */
    private void store(BigInteger result) {
        boolean isGood =
                value >= 0 && result.signum() >= 0 && result.compareTo(BigInteger.valueOf(SaturatingCount.MAX)) <= 0;
        value = isGood ? result.intValueExact() : SaturatingCount.SATURATED;
    }
}
