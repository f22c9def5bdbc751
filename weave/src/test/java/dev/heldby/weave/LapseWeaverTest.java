// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.recording.Probes;
import dev.heldby.recording.Snapshots;
import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Observation.State;
import dev.heldby.weave.targets.Lapsing;
import dev.heldby.weave.targets.Lent;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs woven code with the real probes, and compares what they observe with the comments in that code. */
class LapseWeaverTest {
    private static Class<?> woven;

    @BeforeAll
    static void weave() throws Exception {
        Probes.recorder().lapses().watch();
        woven = Weaving.ofLapses(Lent.RULES).new Loader(Lapsing.class.getPackageName(), true)
                .loadClass(Lapsing.class.getName());
    }

    static List<String> lapsing() {
        return methods("lapses");
    }

    static List<String> fine() {
        return methods("isFine");
    }

    private static List<String> methods(String prefix) {
        return Arrays.stream(Lapsing.class.getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList();
    }

    /** What is new after that method ran. */
    private static List<Observation> observed(String method) throws Exception {
        woven.getMethod("prepare").invoke(null);
        List<Observation> before = lapses();
        Method scenario = woven.getDeclaredMethod(method);
        scenario.setAccessible(true);
        scenario.invoke(null);
        return lapses().stream().filter(one -> !before.contains(one)).toList();
    }

    private static List<Observation> lapses() {
        return new Snapshots(Probes.recorder(), "0", "test", List.of())
                .running().observations().stream()
                        .filter(one -> one.state() == State.LAPSED_VARIABLE || one.state() == State.LAPSED_PARAMETER)
                        .toList();
    }

    @ParameterizedTest
    @MethodSource("lapsing")
    void should_observe_the_use_at_the_marked_line_when_its_variable_has_lapsed(String method) throws Exception {
        List<Observation> observed = observed(method);

        assertThat(observed).hasSize(1);
        List<Event> events = observed.get(0).example().events();
        StackTraceElement use = programFrame(events.get(events.size() - 1));
        assertThat(line(use.getLineNumber())).endsWith("// lapsed");
        boolean isParameter = !use.getMethodName().equals(method);
        assertThat(observed.get(0).state()).isEqualTo(isParameter ? State.LAPSED_PARAMETER : State.LAPSED_VARIABLE);
    }

    private static StackTraceElement programFrame(Event event) {
        return event.stack().stream()
                .filter(frame -> frame.getClassName().equals(Lapsing.class.getName()))
                .findFirst()
                .orElseThrow();
    }

    private static String line(int number) throws IOException {
        String source = "src/test/java/" + Lapsing.class.getName().replace('.', '/') + ".java";
        return Files.readAllLines(Path.of(source)).get(number - 1);
    }

    @ParameterizedTest
    @MethodSource("fine")
    void should_observe_nothing_when_no_variable_has_lapsed(String method) throws Exception {
        assertThat(observed(method)).isEmpty();
    }

    @Test
    void should_give_the_same_bytes_when_woven_twice() throws Exception {
        Weaving weaving = Weaving.ofLapses(Lent.RULES);
        byte[] plain = Weaving.bytes(Lapsing.class);

        byte[] once = weaving.weave(plain, false).orElseThrow().bytes();
        assertThat(weaving.weave(plain, false).orElseThrow().bytes()).isEqualTo(once);
    }

    @Test
    void should_tell_of_no_variable_unless_it_is_asked_for() throws Exception {
        byte[] plain = Weaving.by(Lent.RULES)
                .weave(Weaving.bytes(Lapsing.class), false)
                .orElseThrow()
                .bytes();

        assertThat(new String(plain, StandardCharsets.ISO_8859_1)).doesNotContain("through");
    }
}
