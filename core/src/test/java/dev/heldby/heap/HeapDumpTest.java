// SPDX-License-Identifier: Apache-2.0
package dev.heldby.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HeapDumpTest {
    @TempDir
    private Path folder;

    /** Writes a part of a dump to some files, as one does with several threads, and then has no more room. */
    private static HotSpotDiagnosticMXBean full() {
        return (HotSpotDiagnosticMXBean) Proxy.newProxyInstance(
                HeapDumpTest.class.getClassLoader(),
                new Class<?>[] {HotSpotDiagnosticMXBean.class},
                (proxy, method, arguments) -> {
                    Files.writeString(Path.of((String) arguments[0]), "JAVA PROFILE");
                    Files.writeString(Path.of(arguments[0] + ".p0"), "half");
                    throw new IOException("No space left on device");
                });
    }

    @Test
    void should_leave_nothing_and_say_how_to_go_on_when_the_disk_becomes_full() {
        assertThatIOException()
                .isThrownBy(() -> HeapDump.take(folder, full()))
                .withMessage(
                        "no heap dump could be made in '" + folder + "' (No space left on device): make room there, or"
                                + " start the program with -Djava.io.tmpdir=FOLDER.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void should_say_that_the_jvm_makes_no_dumps_when_it_has_no_bean_for_them() {
        assertThatIOException()
                .isThrownBy(() -> HeapDump.take(folder, null))
                .withMessage(
                        "this JVM makes no heap dumps, as only HotSpot with the module jdk.management does: scan without"
                                + " --precise.");
    }

    @Test
    void should_refuse_before_the_dump_when_there_is_room_for_less_than_twice_the_heap() {
        assertThatIOException()
                .isThrownBy(() -> DumpFolder.checkRoom(1_000, 1_999))
                .withMessage("the dump may need 2000 bytes, and 1999 are free");
        assertThatCode(() -> DumpFolder.checkRoom(1_000, 2_000)).doesNotThrowAnyException();
        assertThatIOException().isThrownBy(() -> DumpFolder.in(folder, Long.MAX_VALUE / 4));
        assertThat(folder).isEmptyDirectory();
    }

    /* Whom no permission stops, such as root, is stopped by the file system there. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void should_say_that_the_folder_must_not_be_written_to_when_no_one_may() {
        assertThatIOException()
                .isThrownBy(() -> DumpFolder.in(Path.of("/proc"), 0))
                .withMessage("it must not be written to");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void should_say_why_when_the_file_system_tells_it() {
        assertThatIOException()
                .isThrownBy(() -> DumpFolder.in(Path.of("/sys"), 0))
                .satisfies(e -> assertThat(e.getMessage())
                        .isIn("it must not be written to", "Operation not permitted", "Read-only file system"));
    }

    @Test
    void should_say_that_there_is_no_such_folder_when_it_is_a_file() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatIOException()
                .isThrownBy(() -> HeapDump.take(file, full()))
                .withMessage(
                        "no heap dump could be made in '" + file + "' (there is no such folder): make room there, or"
                                + " start the program with -Djava.io.tmpdir=FOLDER.");
        assertThat(file).isEmptyFile();
    }
}
