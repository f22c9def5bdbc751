// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.example.watched.NativeMemory;
import dev.heldby.agent.Watched.Launch;
import dev.heldby.snapshot.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What real libraries lose is found, and what they hold or give back is not, in twenty scans under load. */
class NativeMemoryIT {
    static final List<Integer> JDKS = Jdk.PROMISED;
    private static final long EACH = 50;

    /** Of the program's own pool. */
    private static final String POOL = """
            rule pool
            plumbing com.example.watched.NativeMemory$Pool
            blocks com.example.watched.NativeMemory$Pool
              alloc take(int) size argument 1
              free giveBack(long) of argument 1
            """;

    @TempDir
    static Path folder;

    /** By JDK and what it was asked to; all run at the same time, as most of it is waiting. */
    private static final Map<String, CompletableFuture<Watched>> RUNS = new HashMap<>();

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(folder.resolve("pool.rules"), POOL);
        assumeTrue(Files.isReadable(Path.of("/proc/self/mem")), "only Linux lets a process read its own memory");
        for (int jdk : JDKS) {
            for (String how : List.of("lose", "return")) {
                RUNS.put(jdk + how, CompletableFuture.supplyAsync(() -> run(jdk, how)));
            }
        }
    }

    private static Watched watched(int jdk, String how) {
        Jdk.home(jdk);
        return RUNS.get(jdk + how).join();
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_find_what_each_library_loses_by_the_rule_of_its_allocator(int jdk) {
        Map<String, String> expected = new TreeMap<>(Map.of(
                "loseBuffer", "memory",
                "loseChunk", "memory",
                "put", "memory",
                "losePart", "pool",
                "loseIterator", "rocksdb",
                "loseOptions", "rocksdb",
                "loseContext", "zstd"));
        if (jdk >= 22) {
            expected.putAll(Map.of("loseArena", "memory", "loseAllocator", "memory"));
        }

        Watched watched = watched(jdk, "lose");

        Map<String, String> found = new TreeMap<>();
        for (Observation lost : watched.findings()) {
            found.put(where(lost), lost.rule());
            assertThat(lost.state()).isEqualTo(Observation.State.UNREFERENCED);
            assertThat(lost.count()).as(where(lost)).isBetween(EACH * 3 / 4, EACH);
        }
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_find_nothing_when_all_is_given_back_or_held(int jdk) {
        assertThat(watched(jdk, "return").findings()).isEmpty();
    }

    private static Watched run(int jdk, String how) {
        List<Path> libraries = new ArrayList<>(Libraries.netty());
        libraries.addAll(Libraries.named("rocksdbjni"));
        libraries.addAll(Libraries.named("zstd-jni"));
        Launch launch = Launch.onJdk(jdk)
                .options("level=off,level.memory=trace,level.rocksdb=trace,level.zstd=trace,level.pool=trace,rules="
                        + folder.resolve("pool.rules"))
                .classPath(libraries)
                .jvm("-Xmx64m", "-XX:MaxDirectMemorySize=2g")
                .jvm(
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
                        "-Dio.netty.tryReflectionSetAccessible=true",
                        "-Dio.netty.allocator.maxOrder=1");
        if (jdk >= 24) {
            launch.jvm(
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED",
                    "--finalization=disabled");
        }
        Watched watched = run(launch, how);
        assertThat(watched.exitCode()).as(watched.err()).isZero();
        assertThat(watched.out()).isEqualTo("scanned\n");
        return watched;
    }

    private static Watched run(Launch launch, String how) {
        try {
            return launch.run(NativeMemory.class, how);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The method of the program that allocated. */
    private static String where(Observation lost) {
        return lost.example().birth().stream()
                .filter(frame -> frame.getClassName().equals(NativeMemory.class.getName())
                        || frame.getClassName().endsWith("Map"))
                .findFirst()
                .orElseThrow()
                .getMethodName();
    }
}
