// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.library.ChildJvm;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FingerprintersTest {
    private final StackDepot byElements = new StackDepot(10_000, complaint -> {}, new ElementFingerprinter());
    private final StackDepot byBacktrace = new StackDepot(10_000, complaint -> {}, BacktraceFingerprinter.create());

    private final Map<Integer, Set<Integer>> partners = new HashMap<>();
    private final Map<Integer, Set<Integer>> partnersBack = new HashMap<>();

    /** One stack, saved in both depots. */
    public Void save() {
        int elements = byElements.save();
        int backtrace = byBacktrace.save();
        partners.computeIfAbsent(elements, k -> new HashSet<>()).add(backtrace);
        partnersBack.computeIfAbsent(backtrace, k -> new HashSet<>()).add(elements);
        return null;
    }

    private Void walk(Random turns, int steps) throws ReflectiveOperationException {
        if (steps == 0) {
            return save();
        }
        switch (turns.nextInt(5)) {
            case 0:
                return walk(turns, steps - 1);
            case 1:
                return other(turns, steps - 1);
            case 2:
                return new Inner(turns, steps - 1).result;
            case 3:
                Method method = getClass().getDeclaredMethod("other", Random.class, int.class);
                return (Void) method.invoke(this, turns, steps - 1);
            default:
                Supplier<Void> lambda = () -> quietly(turns, steps - 1);
                return lambda.get();
        }
    }

    private Void other(Random turns, int steps) throws ReflectiveOperationException {
        return walk(turns, steps);
    }

    private Void quietly(Random turns, int steps) {
        try {
            return walk(turns, steps);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private final class Inner {
        final Void result;

        Inner(Random turns, int steps) throws ReflectiveOperationException {
            result = walk(turns, steps);
        }
    }

    @Test
    void should_read_backtraces_when_the_jvm_is_hotspot_and_exports_them() {
        assertThat(BacktraceFingerprinter.create()).isNotNull();
    }

    @Test
    void should_tell_the_same_stacks_apart_when_elements_or_backtraces_are_compared() throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            walk(new Random(seed), seed % 90);
            walk(new Random(seed), seed % 90);
        }

        assertThat(partners.size()).isGreaterThan(250);
        assertThat(partners.values()).allMatch(ofOne -> ofOne.size() == 1);
        assertThat(partnersBack.values()).allMatch(ofOne -> ofOne.size() == 1);
    }

    @Test
    void should_keep_the_same_frames_when_elements_or_backtraces_are_compared() {
        List<StackTraceElement> elements = byElements.frames(byElements.save());
        List<StackTraceElement> backtrace = byBacktrace.frames(byBacktrace.save());

        assertThat(elements.subList(1, elements.size())).isEqualTo(backtrace.subList(1, backtrace.size()));
    }

    @Test
    void should_tell_calls_apart_when_one_method_makes_both_on_lines_of_their_own() {
        int[] handles = {
            byBacktrace.save(), //
            byBacktrace.save(),
            byElements.save(),
            byElements.save()
        };

        assertThat(handles[0]).isNotEqualTo(handles[1]);
        assertThat(handles[2]).isNotEqualTo(handles[3]);
    }

    @Test
    void should_take_a_stack_for_one_when_it_is_saved_in_either_way() {
        for (StackDepot depot : List.of(byElements, byBacktrace)) {
            int handle = NumberedStacks.save(3, depot);

            assertThat(NumberedStacks.saveCounted(3, depot)).isEqualTo(handle).isNotZero();
        }
    }

    /** Runs without the export that the tests have. */
    static final class WithoutAFlag {
        public static void main(String[] args) {
            System.out.println(BacktraceFingerprinter.create() != null);
        }
    }

    @Test
    void should_read_backtraces_without_a_flag_where_that_prints_no_warning() throws Exception {
        assertThat(ChildJvm.run(WithoutAFlag.class)).isEqualTo(Runtime.version().feature() < 24 ? "true\n" : "false\n");
    }
}
