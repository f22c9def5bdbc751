// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static dev.heldby.cli.Started.heldby;
import static dev.heldby.cli.Started.runExample;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.leaky.LapsingProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses through variables whose references were given back. */
class LapsedIT {
    @TempDir
    Path folder;

    private Started run(String what, String... options) throws IOException, InterruptedException {
        Path rules = Files.writeString(folder.resolve("key.rules"), """
                rule key
                plumbing com.example.leaky.LapsingProgram$Key
                type com.example.leaky.LapsingProgram$Key
                  born <init>
                  get retain()
                  put release()
                  use turn() refused when thrown
                """);
        List<String> words = new ArrayList<>(List.of("run", "--rules", rules.toString()));
        words.addAll(List.of(options));
        String classes = Path.of("target", "test-classes").toAbsolutePath().toString();
        words.addAll(List.of("--", Started.JAVA, "-cp", classes, LapsingProgram.class.getName(), what));
        return heldby(folder, words.toArray(String[]::new));
    }

    @Test
    void should_name_the_use_the_release_before_it_and_who_still_holds_the_object() throws Exception {
        Path json = folder.resolve("out.json");

        Started run = run("late", "--lapsed", "--report", json.toString(), "--fail-on", "lapsed-use");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).startsWith("""
                1. lapsed use: 1 x LapsingProgram$Key, seen at the use
                   LapsingProgram.enterLate (LapsingProgram.java:55) uses a LapsingProgram$Key through a reference that was given back at LapsingProgram.enterLate (LapsingProgram.java:54), while what LapsingProgram$Board.hang (LapsingProgram.java:33) took is still held.
                   used through a reference that was given back:
                     com.example.leaky.LapsingProgram.enterLate(LapsingProgram.java:55)
                     com.example.leaky.LapsingProgram.main(LapsingProgram.java:44)
                     within it: ... 1 frame of com.example
                   history of one object (operation, references after it, thread, place):
                     born   1  main  com.example.leaky.LapsingProgram.enterLate(LapsingProgram.java:52)
                     get    2  main  com.example.leaky.LapsingProgram$Board.hang(LapsingProgram.java:33)
                     put    1  main  com.example.leaky.LapsingProgram.enterLate(LapsingProgram.java:54)
                     use    1  main  com.example.leaky.LapsingProgram.enterLate(LapsingProgram.java:55)
                   fingerprint 6926ac4e0b3a4d0a

                no other findings
                """);
        assertThat(Reported.in(json).suspects())
                .containsExactly("lapsed-use com.example.leaky.LapsingProgram.enterLate");
    }

    @Test
    void should_find_nothing_when_the_use_comes_first() throws Exception {
        Started run = run("in-time", "--lapsed");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("HeldBy: no findings\n");
    }

    @Test
    void should_find_nothing_unless_it_is_asked_for() throws Exception {
        assertThat(run("late").err()).isEqualTo("HeldBy: no findings\n");
    }

    @Test
    void should_find_nothing_in_the_repaired_examples() throws Exception {
        List<String> lapsed = List.of("--lapsed");
        Started defects = heldby(folder, runExample(lapsed, "com.example.defects.FourDefects", "--fixed"));
        Started demo = heldby(folder, "run", "--lapsed", "--", Started.JAVA, "-jar", Started.EXAMPLES, "--fixed");

        assertThat(defects.err()).isEqualTo("HeldBy: no findings\n");
        assertThat(demo.err()).isEqualTo("HeldBy: no findings\n");
    }
}
