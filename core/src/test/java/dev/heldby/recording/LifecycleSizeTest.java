// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.library.ChildJvm;
import dev.heldby.library.Growth;
import dev.heldby.library.Library;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleSizeTest {

    @ParameterizedTest
    @CsvSource({"count, 108", "full, 212"})
    void should_not_keep_more_for_a_live_object_than_it_did(String level, double most) throws Exception {
        String output = ChildJvm.run(Program.class, Growth.OPTION, "-Dlevel=" + level);

        assertThat(Growth.of(output)).isBetween(16.0, most);
    }

    static final class Program {
        public static void main(String[] args) {
            Library library = new Library("test", Level.named(System.getProperty("level")));
            List<Object> kept = new ArrayList<>();
            Growth.print(library.recorder, () -> {
                Object object = new Object();
                kept.add(object);
                if (library.witness.born(object) == null) {
                    throw new IllegalStateException("not followed");
                }
                return object;
            });
        }
    }
}
