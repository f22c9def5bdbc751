// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.heldby.Behaviour;
import dev.heldby.library.ChildJvm;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class OffTest {

    @Test
    @Behaviour("RT-30")
    void should_neither_do_nor_allocate_anything_when_off() throws Exception {
        assertThat(ChildJvm.run(Program.class, "-Dheldby.level=off")).isEqualTo("""
                        RELEASED RELEASED RELEASED held 0 report '' name off
                        bytes in a million pairs: 0
                        """);
    }

    @Test
    void should_say_so_and_go_on_when_the_level_is_unknown() throws Exception {
        assertThat(ChildJvm.run(Named.class, "-Dheldby.level=loud"))
                .contains("Unknown level \"loud\"; the levels are off, count, trace and full. The property heldby.level"
                        + " is ignored, and the level is trace.")
                .endsWith("x@1\n");
    }

    /** Runs in a JVM of its own. */
    static final class Named {
        public static void main(String[] args) {
            System.out.println(Directory.named("x"));
        }
    }

    /** Runs in a JVM of its own. */
    static final class Program {
        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        public static void main(String[] args) {
            Directory directory = Directory.named("netdev");
            Tracker tracker = directory.take();
            System.out.println(tracker.release() + " " + tracker.release() + " " + directory.release(null) + " held "
                    + directory.held() + " report '" + directory.report() + "' name " + directory);
            pairs(directory);
            long thread = Thread.currentThread().getId();
            long before = THREADS.getThreadAllocatedBytes(thread);
            pairs(directory);
            System.out.println(
                    "bytes in a million pairs: " + (THREADS.getThreadAllocatedBytes(thread) - before) / 1000 * 1000);
            directory.close();
        }

        private static void pairs(Directory directory) {
            for (int i = 0; i < 1_000_000; i++) {
                directory.take().release();
            }
        }
    }
}
