// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.watched.Hello;
import dev.heldby.agent.Watched.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad options and rule files: one sentence on the error stream, and the program runs as if there were no agent. */
class OptionsIT {
    @TempDir
    Path folder;

    @Test
    void should_name_the_options_when_one_is_unknown() throws Exception {
        assertRefused(
                "colour=red",
                "HeldBy is not installed: Unknown agent option \"colour\"; the options are level, level.RULE, rules,"
                        + " snapshot, every, age, growth, exceptions, lapsed, counted and mode.");
    }

    @Test
    void should_name_the_levels_when_one_is_unknown() throws Exception {
        assertRefused(
                "level=loud",
                "HeldBy is not installed: Unknown level \"loud\"; the levels are off, count, trace and full.");
    }

    @Test
    void should_name_the_rules_when_a_level_is_for_none_of_them() throws Exception {
        assertRefused(
                "level.nety=off",
                "HeldBy is not installed: The agent option \"level.nety\" names no rule; the rules are netty, jdk,"
                        + " memory, rocksdb, zstd, directory, count, counted, handle, history, slot.");
    }

    @Test
    void should_say_how_to_write_a_duration_when_one_is_malformed() throws Exception {
        assertRefused(
                "age=soon",
                "HeldBy is not installed: The agent option \"age=soon\" is no duration; write a number and ms, s, m or"
                        + " h, such as 30s.");
    }

    @Test
    void should_say_that_a_value_is_missing_when_it_is() throws Exception {
        assertRefused(
                "snapshot=", "HeldBy is not installed: The agent option \"snapshot\" needs a value: snapshot=...");
    }

    @Test
    void should_name_the_line_when_a_rule_file_is_malformed() throws Exception {
        Path rules = Files.writeString(folder.resolve("my.rules"), "rule mine\n\ntype com.acme.Thing\n  burn <init>\n");
        assertRefused(
                "rules=" + rules,
                "HeldBy is not installed: " + rules + " line 4: unknown word \"burn\"; a line begins with rule, link,"
                        + " shaded, optional, plumbing, lifelong, type, born, get, put, use, dead, bytes, excuse, blocks,"
                        + " alloc, free or counted.");
    }

    @Test
    void should_say_so_when_a_rule_file_is_missing() throws Exception {
        Path rules = folder.resolve("none.rules");
        assertRefused(
                "rules=" + rules,
                "HeldBy is not installed: The rule file \"" + rules + "\" cannot be read: it does not exist.");
    }

    @Test
    void should_say_so_when_a_rule_file_is_no_text() throws Exception {
        Path rules = Files.write(folder.resolve("binary.rules"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertRefused("rules=" + rules, "HeldBy is not installed: The rule file \"" + rules + "\" is not UTF-8 text.");
    }

    private static void assertRefused(String options, String sentence) throws Exception {
        Watched refused = Launch.onThisJdk().withoutSnapshot().options(options).run(Hello.class);

        assertThat(refused.err().strip()).isEqualTo(sentence);
        assertThat(refused.out().strip()).isEqualTo("hello");
        assertThat(refused.exitCode()).isZero();
    }
}
