// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFileTest {
    @TempDir
    private Path folder;

    @Test
    void should_say_what_is_needed_when_there_is_no_such_file_as_on_other_systems() {
        String missing = folder.resolve("mem").toString();
        String sentence =
                missing + " cannot be read (%s), so a scan of this process's memory cannot be done. It needs Linux,"
                        + " and a process that may look at itself: give the java launcher no file capabilities (setcap -r), and do not"
                        + " make the process undumpable.";

        assertThatIOException().isThrownBy(() -> new ProcFile(missing)).withMessage(sentence, missing);
        assertThatIOException()
                .isThrownBy(() -> ProcFile.text(missing))
                .withMessage(sentence, missing + " (No such file or directory)");
    }
}
