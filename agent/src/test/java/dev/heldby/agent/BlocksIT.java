// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.example.watched.OffHeap;
import com.example.watched.OutOfFiles;
import com.example.watched.OutOfRoom;
import dev.heldby.agent.Watched.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every way to off-heap memory leads through the door. */
class BlocksIT {
    static final List<Integer> JDKS = Jdk.PROMISED;

    @TempDir
    private Path temporary;

    private static final String ON = "level=off,level.memory=trace";
    private static final String GOOD_END = "wrong 0, missed false";

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_report_each_block_with_its_size_until_it_is_freed(int jdk) throws Exception {
        List<String> expected = new ArrayList<>(List.of(
                "unsafe [1003]",
                "unsafe reallocated [2005]",
                "unsafe not reallocated [2005]",
                "unsafe freed []",
                "buffer [3001]",
                "buffer freed []",
                "netty [4007]",
                "netty reallocated [5009]",
                "netty freed []"));
        if (jdk >= 22) {
            // An arena asks for full words.
            expected.addAll(List.of(
                    "confined arena [6008]",
                    "confined arena freed []",
                    "shared arena [6008]",
                    "shared arena freed []"));
        }
        expected.add(GOOD_END);

        assertThat(run(jdk, ON, "each")).isEqualTo(expected);
    }

    @Test
    void should_report_what_netty_allocates_by_malloc_itself() throws Exception {
        assertThat(run(25, ON, "each", "--enable-native-access=ALL-UNNAMED", "-Dio.netty.noUnsafe=true"))
                .contains("netty [4007]", "netty reallocated [5009]", "netty freed []", GOOD_END);
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_report_nothing_when_the_rule_is_not_asked_for(int jdk) throws Exception {
        assertThat(run(jdk, "level=full", "each"))
                .contains("unsafe []", "buffer []", "netty []")
                .noneMatch(line -> line.matches(".*\\d]"));
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_balance_when_threads_get_each_others_addresses(int jdk) throws Exception {
        assertThat(run(jdk, ON, "threads")).containsExactly("allocated often true, kept true", GOOD_END);
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_throw_nothing_at_the_program_when_the_stack_is_full(int jdk) throws Exception {
        List<String> out = run(jdk, ON, "recursion");

        assertThat(out.get(0)).startsWith("deep true, left ");
        assertThat(out.get(1)).startsWith("wrong 0, ");
    }

    @Test
    void should_say_why_a_scan_cannot_be_done_and_lose_nothing_when_memory_cannot_be_read() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/mem")), "only Linux lets a process read its own memory");

        Watched watched = Launch.onThisJdk()
                .options(ON)
                .by("sh", "-c", "ulimit -n 200; exec \"$@\"", "sh")
                .run(OutOfFiles.class);

        List<String> out = watched.out().lines().toList();
        assertThat(out).hasSize(2);
        assertThat(out.get(0))
                .matches(
                        "The scan cannot be done: /proc/self/\\w+ cannot be read \\(.*Too many open files\\), so a scan of"
                                + " this process's memory cannot be done\\. It needs Linux, .*");
        assertThat(out.get(1)).matches("(1\\d|20) new suspected leaks of off-heap memory\\. In all .* unreferenced\\.");
        assertThat(watched.findings()).hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_leave_no_half_dump_and_lose_nothing_when_there_is_no_room_for_it(int jdk) throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/mem")), "only Linux lets a process read its own memory");

        Launch launch = Launch.onJdk(jdk)
                .options(ON)
                .jvm("-Djava.io.tmpdir=" + temporary)
                .by("sh", "-c", "ulimit -f 1000; exec \"$@\"", "sh");
        if (jdk >= 24) {
            launch.jvm("--sun-misc-unsafe-memory-access=allow");
        }
        List<String> out = launch.run(OutOfRoom.class).out().lines().toList();

        assertThat(out).hasSize(2);
        assertThat(out.get(0))
                .startsWith("The scan cannot be done: no heap dump could be made in '" + temporary + "' (")
                .endsWith("): make room there, or start the program with -Djava.io.tmpdir=FOLDER.");
        assertThat(out.get(1)).matches("(1\\d|20) new suspected leaks of off-heap memory\\. In all .* unreferenced\\.");
        assertThat(temporary).isEmptyDirectory();
    }

    private static List<String> run(int jdk, String options, String how, String... jvm) throws Exception {
        Launch launch =
                Launch.onJdk(jdk).options(options).classPath(Libraries.netty()).jvm(jvm);
        if (jdk >= 24) {
            launch.jvm("--sun-misc-unsafe-memory-access=allow");
        }
        Watched watched = launch.run(OffHeap.class, how);
        assertThat(watched.exitCode()).as(watched.err()).isZero();
        assertThat(watched.err()).isEmpty();
        return watched.out().lines().toList();
    }
}
