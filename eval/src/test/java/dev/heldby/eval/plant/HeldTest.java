// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.eval.plant.targets.Lease;
import java.io.BufferedWriter;
import java.io.FileInputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldTest {
    private final Held held = new Held();

    /** Gives back nothing, as a buffer that is never to be released. */
    private static final class Unreleasable extends Lease {
        @Override
        public boolean release() {
            return false;
        }
    }

    @Test
    void should_tell_an_object_that_lacks_a_release_from_one_that_another_gave_back() {
        Lease lost = new Lease();
        Lease givenBackElsewhere = new Lease();
        givenBackElsewhere.release();
        held.keep(lost);
        held.keep(givenBackElsewhere);
        assertThat(held.lines()).contains("held\t2", "open\t1");
    }

    @Test
    void should_not_count_an_object_that_a_release_does_not_change() {
        held.keep(new Unreleasable());
        assertThat(held.lines()).contains("held\t1", "open\t0", "mute\t0");
    }

    @Test
    void should_ask_a_file_whether_it_is_open(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        FileInputStream open = new FileInputStream(file.toFile());
        FileInputStream closed = new FileInputStream(file.toFile());
        closed.close();
        held.keep(open);
        held.keep(closed);
        assertThat(held.lines()).contains("held\t2", "open\t1");
    }

    @Test
    void should_say_who_cannot_be_asked() {
        held.keep(new BufferedWriter(Writer.nullWriter()));
        assertThat(held.lines()).contains("open\t0", "mute\t1");
    }
}
