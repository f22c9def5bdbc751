// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.watched.Ending;
import com.example.watched.Hello;
import com.example.watched.ManyJars;
import dev.heldby.agent.Watched.Launch;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Observation.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a watched program and its user see of the agent, up to the program's end. */
class ProgramEndIT {
    static final List<Integer> JDKS = Jdk.PROMISED;

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_say_nothing_when_the_program_does_nothing(int jdk) throws Exception {
        Watched hello = Launch.onJdk(jdk).run(Hello.class);

        assertThat(hello.out()).isEqualTo("hello" + System.lineSeparator());
        assertThat(hello.err()).isEmpty();
        assertThat(hello.exitCode()).isZero();
        assertThat(hello.snapshot().observations()).isEmpty();
        assertThat(hello.snapshot().coverage().troubles()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_find_nothing_when_only_the_jdk_keeps_files_open(int jdk) throws Exception {
        Watched many = Launch.onJdk(jdk).classPath(Libraries.netty()).run(ManyJars.class);

        assertThat(many.err()).isEmpty();
        assertThat(many.exitCode()).isZero();
        assertThat(many.findings()).isEmpty();
        assertThat(many.snapshot().coverage().lifecycles()).isGreaterThan(100);
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_find_what_is_held_when_main_returns(int jdk) throws Exception {
        assertHeld(Launch.onJdk(jdk).run(Ending.class, "return"), 0);
    }

    @Test
    void should_find_what_is_held_when_the_program_exits() throws Exception {
        assertHeld(Launch.onThisJdk().run(Ending.class, "exit"), 7);
    }

    @Test
    void should_find_what_is_held_when_main_throws() throws Exception {
        assertHeld(Launch.onThisJdk().run(Ending.class, "throw"), 1);
    }

    private static void assertHeld(Watched ended, int exitCode) {
        assertThat(ended.exitCode()).isEqualTo(exitCode);
        assertThat(ended.findings()).extracting(Observation::state).containsExactly(State.HELD_AT_EXIT);
        assertThat(ended.findings().get(0).type()).isEqualTo("java.io.FileInputStream");
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_find_nothing_when_a_shutdown_hook_closes_it(int jdk) throws Exception {
        Watched ended = Launch.onJdk(jdk).run(Ending.class, "closingHook");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.findings()).isEmpty();
    }

    @Test
    void should_say_nothing_when_only_the_jdk_keeps_files_open_and_no_file_was_asked_for() throws Exception {
        Watched ended = Launch.onThisJdk()
                .withoutSnapshot()
                .jvm("-Duser.dir=" + folder)
                .classPath(Libraries.netty())
                .run(ManyJars.class);

        assertThat(ended.err()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void should_name_the_snapshot_when_no_file_was_asked_for() throws Exception {
        Watched ended =
                Launch.onThisJdk().withoutSnapshot().jvm("-Duser.dir=" + folder).run(Ending.class, "return");

        assertThat(ended.err().lines()).singleElement().asString().contains("heldby report ");
        Path file = Path.of(ended.err().strip().replaceAll(".* heldby report ", ""));
        assertThat(Watched.findings(Watched.read(file))).hasSize(1);
        Files.delete(file);
    }

    @Test
    void should_write_snapshots_when_asked_for_a_period() throws Exception {
        Path file = folder.resolve("periodic");
        Files.createFile(folder.resolve("out"));
        Watched ended = Launch.onThisJdk()
                .withoutSnapshot()
                .options("level=full,every=200ms,snapshot=" + file)
                .run(Ending.class, "whenSnapshotThere", file.toString());

        assertThat(ended.out().strip()).isEqualTo("true");
        assertThat(Watched.read(file).coverage().lifecycles()).isPositive();
    }

    @Test
    void should_say_so_in_one_sentence_when_the_snapshot_cannot_be_written() throws Exception {
        Path file = folder.resolve("no").resolve("such").resolve("folder");
        Watched ended = Launch.onThisJdk()
                .withoutSnapshot()
                .options("level=full,snapshot=" + file)
                .run(Ending.class, "return");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("HeldBy: the snapshot could not be written to \"" + file + "\": ")
                .endsWith("the folder does not exist.");
    }
}
