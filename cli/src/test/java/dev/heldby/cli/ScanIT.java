// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static dev.heldby.cli.Started.heldby;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.example.leaky.OffHeapProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanIT {
    private static final List<String> COLLECTORS = List.of("G1", "Serial", "Parallel", "Z");
    private static final long AGE_MILLIS = 5_500;

    @TempDir
    Path folder;

    private final List<Program> programs = new ArrayList<>();

    /** One that runs, with its collector. */
    private record Program(String collector, Process process, BufferedReader said) {
        static Program start(String collector) throws IOException {
            return start(collector, "-Xmx128m");
        }

        static Program start(String collector, String option) throws IOException {
            Process process = new ProcessBuilder(
                            Started.JAVA,
                            option,
                            "-XX:+Use" + collector + "GC",
                            "-cp",
                            Path.of("target", "test-classes").toAbsolutePath().toString(),
                            OffHeapProgram.class.getName())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Program program = new Program(collector, process, process.inputReader());
            assertThat(program.said.readLine()).isEqualTo("ready");
            return program;
        }

        String pid() {
            return Long.toString(process.pid());
        }

        void tell(String word) throws IOException {
            process.getOutputStream().write((word + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            assertThat(said.readLine()).isEqualTo("done");
        }
    }

    @BeforeEach
    void ask_whether_memory_can_be_read() {
        assumeTrue(Files.isReadable(Path.of("/proc/self/mem")), "only Linux lets a process read its own memory");
    }

    @AfterEach
    void end_the_programs() throws InterruptedException {
        for (Program program : programs) {
            program.process.destroyForcibly().waitFor();
        }
    }

    private Started watch(Program program) throws Exception {
        programs.add(program);
        return heldby(folder, "attach", "--blocks", program.pid());
    }

    private String listed(Program program) throws Exception {
        return heldby(folder, "blocks", program.pid()).out();
    }

    private static long blocks(String listing) {
        return listing.lines()
                .filter(line -> line.startsWith("unreferenced block"))
                .count();
    }

    @Test
    void should_find_nearly_all_that_was_dropped_and_nothing_that_is_held_with_each_collector() throws Exception {
        for (String collector : COLLECTORS) {
            watch(Program.start(collector));
        }
        for (Program program : programs) {
            program.tell("leak");
        }
        for (int scan = 0; scan < 3; scan++) {
            Thread.sleep(AGE_MILLIS);
            for (Program program : programs) {
                assertThat(heldby(folder, "scan", program.pid()).err()).isEmpty();
            }
        }

        for (Program program : programs) {
            String listing = listed(program);
            assertThat(blocks(listing)).as(program.collector).isBetween(OffHeapProgram.EACH * 99L / 100, (long)
                    OffHeapProgram.EACH);
            assertThat(listing).contains("OffHeapProgram.drop").doesNotContain("OffHeapProgram.keep");
        }
    }

    @Test
    void should_report_what_was_dropped_as_a_finding_with_its_place() throws Exception {
        Program program = Program.start("Serial");
        watch(program);
        program.tell("leak");
        Thread.sleep(AGE_MILLIS);
        for (int scan = 0; scan < 3; scan++) {
            heldby(folder, "scan", program.pid());
        }

        Started report = heldby(folder, "report", program.pid());

        assertThat(report.out())
                .contains("unreferenced memory: ", " x off-heap memory, ", "found by a scan")
                .contains("Off-heap memory that OffHeapProgram.drop (OffHeapProgram.java:")
                .contains("allocates is not freed, and nothing points to it any more.")
                .containsPattern(
                        "\\n   64 to 163 bytes each, allocated [0-9,]+ seconds ago; [0-9,]+ of them, [0-9,]+ bytes,"
                                + " since the scan before\\n")
                .containsPattern(
                        "\\noff-heap memory:\\n  [0-9,]+ bytes in [0-9,]+ blocks: com.example.leaky.OffHeapProgram")
                .containsPattern("\\n  resident memory of the process: [0-9,]{9,} bytes\\n")
                .doesNotContain("01 01 01 01");
        heldby(folder, "blocks", program.pid(), "hex=on");
        assertThat(heldby(folder, "report", program.pid(), "--format", "json").out())
                .containsPattern("\"moreBlocks\" : [0-9]+,")
                .contains("\"growing\" : 1,", "\"content\" : [ \"01 01 01 01 ", "\"unreferenced\" : {");
    }

    @Test
    void should_find_nothing_when_all_is_held() throws Exception {
        Program program = Program.start("G1");
        watch(program);
        program.tell("hold");
        Thread.sleep(AGE_MILLIS);
        for (int scan = 0; scan < 4; scan++) {
            assertThat(heldby(folder, "scan", program.pid()))
                    .isEqualTo(new Started(0, "No new suspected leak of off-heap memory.\n", ""));
        }
        assertThat(heldby(folder, "blocks", program.pid()))
                .isEqualTo(new Started(0, "", "No off-heap block was reported.\n"));
    }

    @Test
    void should_find_what_the_dead_hide_when_it_is_precise_and_nothing_that_is_held() throws Exception {
        for (String collector : COLLECTORS) {
            watch(Program.start(collector));
        }
        for (Program program : programs) {
            program.tell("hide");
        }
        Thread.sleep(AGE_MILLIS);
        for (Program program : programs) {
            for (int scan = 0; scan < scansThatItTakes(program); scan++) {
                Started precise = heldby(folder, "scan", program.pid(), "--precise");
                assertThat(precise.err()).as(precise.out()).isEmpty();
            }
            String listing = listed(program);
            assertThat(blocks(listing)).as(program.collector).isBetween(fewest(program), (long) OffHeapProgram.EACH);
            assertThat(listing).doesNotContain("OffHeapProgram.keep");
        }
    }

    /** Parallel leaves dead objects in their places for up to twenty full collections, and then they hide what they did. */
    private static long fewest(Program program) {
        return program.collector.equals("Parallel") ? 0 : OffHeapProgram.EACH * 99L / 100;
    }

    /** Serial leaves them in up to three of four. */
    private static int scansThatItTakes(Program program) {
        return program.collector.equals("Serial") ? 6 : 3;
    }

    @Test
    void should_add_up_all_blocks_beside_the_figures_of_the_jvm() throws Exception {
        Program program = Program.start("Serial");
        watch(program);
        program.tell("hold");
        heldby(folder, "scan", program.pid(), "--precise");
        String summary = heldby(folder, "blocks", program.pid(), "summary").out();

        assertThat(summary)
                .contains("256,000 bytes in 2,000 blocks: com.example.leaky.OffHeapProgram.keep(OffHeapProgram.java:")
                .containsPattern("\\n    referenced     256,000 bytes in 2,000 blocks, such as 0x[0-9a-f]+\\n")
                .containsPattern("\\nresident memory of the process: [0-9,]{9,} bytes\\n")
                .containsPattern("\\ndirect buffers, as the JVM counts them: [0-9,]{7,} bytes\\n")
                .endsWith("\nThe JVM does not track its native memory: it was started without"
                        + " -XX:NativeMemoryTracking=summary.\n")
                .doesNotContain("unreferenced   1");
    }

    @Test
    void should_show_what_the_jvm_tracks_when_it_does() throws Exception {
        Program program = Program.start("Serial", "-XX:NativeMemoryTracking=summary");
        watch(program);
        program.tell("hold");

        assertThat(heldby(folder, "blocks", program.pid(), "summary").out())
                .containsPattern("\\nmemory that the JVM has committed: [0-9,]{9,} bytes\\n")
                .contains("\n    Java Heap: ")
                .containsPattern("\\n    Other, where Unsafe allocates: [0-9,]{7,} bytes\\n");
    }

    @Test
    void should_say_how_to_begin_when_blocks_are_not_recorded() throws Exception {
        Program program = Program.start("Serial");
        programs.add(program);
        heldby(folder, "attach", program.pid());

        Started scan = heldby(folder, "scan", program.pid());
        heldby(folder, "level", program.pid(), "memory=trace");

        assertThat(scan)
                .isEqualTo(new Started(
                        3,
                        "",
                        "heldby: the agent in process " + program.pid()
                                + " refused: off-heap blocks are not recorded; 'heldby level " + program.pid()
                                + " memory=trace' begins to, and those allocated from then on are known.\n"));
        assertThat(heldby(folder, "scan", program.pid()).exitCode()).isZero();
    }

    @Test
    void should_obey_and_refuse_commands_with_a_sentence() throws Exception {
        Program program = Program.start("Serial");
        watch(program);

        assertThat(heldby(folder, "blocks", program.pid(), "scan=abc").err())
                .isEqualTo("heldby: the agent in process " + program.pid()
                        + " refused: 'abc' in 'scan=abc' is no number that fits: give a decimal one, or 0x and"
                        + " hexadecimal digits.\n");
        assertThat(heldby(folder, "blocks", program.pid(), "dump=0x10").err())
                .isEqualTo("heldby: the agent in process " + program.pid()
                        + " refused: The address 0x10 is in no recorded block: give one that a listing shows, or one inside of"
                        + " such a block.\n");
        assertThat(heldby(folder, "blocks", program.pid(), "dump=-1").err())
                .contains("'-1' in 'dump=-1' is no number that fits");
        assertThat(heldby(folder, "blocks", program.pid(), "scna").err()).contains("There is no command 'scna': give ");
        assertThat(heldby(folder, "scan", program.pid()).exitCode()).isZero();
        assertThat(heldby(folder, "blocks", program.pid(), "off")).isEqualTo(new Started(0, "", "Done.\n"));
        assertThat(heldby(folder, "scan", program.pid()).err()).contains("Off-heap blocks are not recorded any more");
    }
}
