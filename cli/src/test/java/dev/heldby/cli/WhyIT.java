// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static dev.heldby.cli.Started.heldby;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.example.leaky.HoldingProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyIT {
    @TempDir
    Path folder;

    private Process program;
    private String pid;
    private final Map<String, String> blocks = new HashMap<>();

    @BeforeEach
    void start_and_watch_the_program() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/mem")), "only Linux lets a process read its own memory");
        program = new ProcessBuilder(
                        Started.JAVA,
                        "-Xmx128m",
                        "--add-opens",
                        "java.base/java.nio=ALL-UNNAMED",
                        "-cp",
                        Path.of("target", "test-classes").toAbsolutePath().toString(),
                        HoldingProgram.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        pid = Long.toString(program.pid());
        BufferedReader said = program.inputReader();
        assertThat(said.readLine()).isEqualTo("waiting");
        heldby(folder, "attach", "--blocks", "--age", "1s", "--rules", Started.RULES, pid);
        program.getOutputStream().write('\n');
        program.getOutputStream().flush();
        for (String line = said.readLine(); !line.equals("ready"); line = said.readLine()) {
            blocks.put(line.split(" ")[0], line.split(" ")[1]);
        }
    }

    @AfterEach
    void end_the_program() throws InterruptedException {
        if (program != null) {
            program.destroyForcibly().waitFor();
        }
    }

    private Started why(String id) throws IOException, InterruptedException {
        return heldby(folder, "why", pid, id);
    }

    /** Without what points to it from outside of the heap, which may be a remnant of anything. */
    private static List<String> path(Started why) {
        return why.out()
                .lines()
                .dropWhile(line -> !line.equals("held by"))
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .toList();
    }

    private String block(String name, int size) {
        return "  block " + blocks.get(name) + " (size " + size + ")";
    }

    @Test
    void should_show_the_object_that_holds_a_block() throws Exception {
        Started why = why(blocks.get("number"));

        assertThat(why.err()).isEmpty();
        assertThat(why.out())
                .startsWith("block " + blocks.get("number") + " (size 200):\n  thread main, allocated at ");
        assertThat(path(why)).containsExactly("  static com.example.leaky.HoldingProgram.number", block("number", 200));
    }

    @Test
    void should_show_each_step_from_a_root_to_a_buffer() throws Exception {
        assertThat(path(why(blocks.get("buffer"))))
                .containsExactly(
                        "  static com.example.leaky.HoldingProgram.SESSIONS",
                        "  java.util.HashMap.table",
                        "  java.util.HashMap$Node[] [13]",
                        "  java.util.HashMap$Node.value",
                        "  com.example.leaky.HoldingProgram$Session.buffer",
                        "  java.nio.DirectByteBuffer.address",
                        block("buffer", 300));
    }

    @Test
    void should_go_through_blocks_that_hold_blocks() throws Exception {
        assertThat(path(why(blocks.get("inner"))))
                .startsWith(
                        "  static com.example.leaky.HoldingProgram.chain",
                        block("outer", 200) + " +24",
                        block("middle", 200) + " +16",
                        block("inner", 200));
    }

    @Test
    void should_say_that_nothing_holds_what_was_dropped() throws Exception {
        Started why = why(blocks.get("dropped"));

        assertThat(why.exitCode()).isZero();
        assertThat(why.out())
                .contains("HoldingProgram.drop(", "\nno object that lives points to it\n")
                .doesNotContain("held by\n");
    }

    @Test
    void should_tell_what_points_to_a_block_from_memory_that_is_older_than_the_agent() throws Exception {
        String outside = blocks.get("outside");

        assertThat(why(outside).out())
                .contains("no object that lives points to it\n"
                        + "and, from outside of the Java heap, where what was freed leaves remnants, by\n")
                .containsPattern("\n  memory 0x[0-9a-f]+ \\(.*\\) points to " + outside + "\n");
    }

    @Test
    void should_follow_no_weak_reference() throws Exception {
        String weak = blocks.get("weak");

        assertThat(heldby(folder, "blocks", pid, "dump=" + weak).out()).contains("HoldingProgram.weak(");
        assertThat(why(weak).out()).doesNotContain("held by\n");
    }

    @Test
    void should_show_who_holds_the_object_of_a_finding() throws Exception {
        Thread.sleep(2500);
        List<String> expected = List.of(
                "  static com.example.leaky.HoldingProgram.SESSIONS",
                "  java.util.HashMap.table",
                "  java.util.HashMap$Node[] [13]",
                "  java.util.HashMap$Node.value",
                "  com.example.leaky.HoldingProgram$Session.program",
                "  com.example.leaky.HoldingProgram.drawer",
                "  com.example.leaky.Drawer");
        String report = heldby(folder, "report", pid).out();
        String fingerprint = report.lines()
                .filter(line -> line.contains("fingerprint"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report))
                .strip()
                .split(" ")[1];

        assertThat(path(why("1"))).isEqualTo(expected);
        assertThat(path(why(fingerprint))).isEqualTo(expected);
    }

    @Test
    void should_keep_the_dump_in_the_file_that_was_named_and_overwrite_none() throws Exception {
        Path file = folder.resolve("kept.hprof");
        Started why = heldby(folder, "why", pid, blocks.get("number"), "--dump", file.toString());

        assertThat(path(why)).containsExactly("  static com.example.leaky.HoldingProgram.number", block("number", 200));
        assertThat(file).isNotEmptyFile();
        assertThat(heldby(folder, "why", pid, blocks.get("number"), "--dump", file.toString()))
                .isEqualTo(new Started(
                        2,
                        "",
                        "heldby: A heap dump cannot be written to '" + file + "', which exists: give a new file.\n"));
        assertThat(heldby(folder, "why", pid, blocks.get("number"), "--dump", "dump.bin")
                        .err())
                .isEqualTo(
                        "heldby: A heap dump cannot be written to 'dump.bin': give a file whose name ends with .hprof.\n");
        Path missing = folder.resolve("missing");
        assertThat(heldby(folder, "why", pid, blocks.get("number"), "--dump", missing + "/a.hprof")
                        .err())
                .isEqualTo("heldby: no heap dump could be made in '" + missing
                        + "' and read (there is no such folder): make"
                        + " room there, or choose another place with --dump FILE.hprof.\n");
    }

    @Test
    void should_refuse_what_is_neither_a_block_nor_a_finding() throws Exception {
        assertThat(why("0x1234"))
                .isEqualTo(new Started(
                        3,
                        "",
                        "heldby: the agent in process " + pid
                                + " refused: The address 0x1234 is in no recorded block: give"
                                + " one that a listing shows, or one inside of such a block.\n"));
        assertThat(why("9f").err())
                .startsWith("heldby: '9f' is neither an address, which begins with 0x, nor one of the ")
                .hasLineCount(1);
    }
}
