// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.block.BlockProbes;
import dev.heldby.recording.Probes;
import dev.heldby.weave.targets.Allocator;
import dev.heldby.weave.targets.Annotated;
import dev.heldby.weave.targets.BooleanResults;
import dev.heldby.weave.targets.Bridges;
import dev.heldby.weave.targets.ConstructorChain;
import dev.heldby.weave.targets.EnumTarget;
import dev.heldby.weave.targets.FailedMaking;
import dev.heldby.weave.targets.InterfaceMethods;
import dev.heldby.weave.targets.Owned;
import dev.heldby.weave.targets.RecordTarget;
import dev.heldby.weave.targets.SeveralReturns;
import dev.heldby.weave.targets.StaticFactory;
import dev.heldby.weave.targets.SynchronizedMethods;
import dev.heldby.weave.targets.TearDown;
import dev.heldby.weave.targets.Throwing;
import dev.heldby.weave.targets.TryFinally;
import dev.heldby.weave.targets.WideArguments;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.Type;

/** Weaves each target, runs it, and finds the probes that it expects. */
class TargetsTest {
    private static final String TARGETS = "dev.heldby.weave.targets.";

    static Stream<Class<?>> targets() {
        return Stream.of(
                Allocator.class,
                Annotated.class,
                BooleanResults.class,
                Bridges.class,
                ConstructorChain.class,
                EnumTarget.class,
                FailedMaking.class,
                InterfaceMethods.class,
                Owned.class,
                RecordTarget.class,
                SeveralReturns.class,
                StaticFactory.class,
                SynchronizedMethods.class,
                TearDown.class,
                Throwing.class,
                TryFinally.class,
                WideArguments.class);
    }

    @BeforeEach
    void clear() {
        ProbeLog.clear();
    }

    private static Weaving run(Class<?> target, boolean field) throws Exception {
        Weaving weaving = Weaving.by((String) target.getField("RULES").get(null));
        Class<?> woven = weaving.new Loader(TARGETS, field).loadClass(target.getName());
        woven.getMethod("run").invoke(null);
        return weaving;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void should_run_the_expected_probes_when_the_state_is_in_a_field(Class<?> target) throws Exception {
        assertThat(run(target, true).troubles).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void should_run_the_expected_probes_when_the_state_is_found_by_identity(Class<?> target) throws Exception {
        assertThat(run(target, false).troubles).isEmpty();
    }

    private static Set<String> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() > 0)
                .filter(method -> !method.getName().equals("expect"))
                .map(TargetsTest::signature)
                .collect(Collectors.toSet());
    }

    private static String signature(Method method) {
        return method.getName() + Type.getMethodDescriptor(method);
    }

    @Test
    void should_have_the_same_probes_as_the_real_ones_in_the_log() {
        Set<String> real = new HashSet<>(methods(Probes.class));
        real.addAll(methods(BlockProbes.class));
        assertThat(methods(ProbeLog.class)).isEqualTo(real);
    }
}
