// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Behaviour;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class HandleMemoryTest {

    @ParameterizedTest
    @ValueSource(strings = {"count", "trace", "full"})
    @Behaviour(
            value = "PC-7",
            choice =
                    "There is no null for a failed get: retain() throws the JVM's OutOfMemoryError. The count is unchanged,"
                            + " since all that a handle needs is made before its reference is counted.")
    void should_count_nothing_when_there_is_no_memory_for_a_handle(String level) throws Exception {
        String output = ChildJvm.run(Program.class, "-Xmx16m", "-XX:+UseSerialGC", "-Dheldby.level=" + level);

        assertThat(output.lines().filter(line -> !line.isBlank())).containsExactly("failed gets: 20", "destroyed: 1");
    }

    /** What the child does: fills its memory, takes references until there is none for another, and compares the counts. */
    static final class Program {
        private static final int ROUNDS = 20;
        private static final Object[] TAKEN = new Object[1 << 18];

        private static int destroyed;
        private static Object[] ballast;

        public static void main(String[] args) {
            Handle<Object> first = Handle.of(new Object(), each -> destroyed++);
            first.retain().close();
            int failed = 0;
            for (int round = 0; round < ROUNDS; round++) {
                fill(16 + 8 * round);
                int taken = takeUntilThereIsNoMemory(first);
                int count = first.count();
                ballast = null;
                if (count != taken + 1) {
                    throw new AssertionError("Counted " + count + " with " + taken + " taken in round " + round);
                }
                failed += taken < TAKEN.length ? 1 : 0;
                giveBack(taken);
            }
            first.close();
            System.out.println("failed gets: " + failed);
            System.out.println("destroyed: " + destroyed);
        }

        /** Leaves no piece of that many words free. */
        private static void fill(int smallest) {
            for (int size = 1 << 18; size >= smallest; size /= 2) {
                try {
                    while (true) {
                        Object[] more = new Object[size];
                        more[0] = ballast;
                        ballast = more;
                    }
                } catch (OutOfMemoryError e) {
                    // As it should be; on to the smaller ones.
                }
            }
        }

        private static int takeUntilThereIsNoMemory(Handle<Object> first) {
            int taken = 0;
            try {
                while (taken < TAKEN.length) {
                    TAKEN[taken] = first.retain();
                    taken++;
                }
            } catch (OutOfMemoryError e) {
                // What this is about.
            }
            return taken;
        }

        private static void giveBack(int taken) {
            for (int i = 0; i < taken; i++) {
                ((Handle<?>) TAKEN[i]).close();
                TAKEN[i] = null;
            }
        }
    }
}
