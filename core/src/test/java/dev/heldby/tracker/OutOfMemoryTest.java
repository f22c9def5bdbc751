// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.complaint.Complaints;
import dev.heldby.library.ChildJvm;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {

    @Test
    void should_not_misjudge_anyone_when_memory_really_runs_out() throws Exception {
        assertThat(ChildJvm.run(Program.class, "-Xmx24m", "-XX:+UseSerialGC", "-Dheldby.level=full"))
                .contains("some had no tracker: true\n", "has all its room again: true\n")
                .endsWith("misjudged: 0\n");
    }

    /** Runs in a JVM of its own: takes references while the heap is full, and gives all of them back. */
    static final class Program {
        private static final Tracker[] TAKEN = new Tracker[150_000];
        private static Object[] hog;
        private static int misjudged;

        public static void main(String[] args) {
            Complaints.ofProcess()
                    .listen(complaint -> misjudged += complaint.kind().equals("no-room") ? 0 : 1);
            Directory directory =
                    Directory.builder("netdev").capacity(TAKEN.length).open();
            directory.take().release();
            for (int size = 1 << 20; size >= 16; size /= 2) {
                fillWith(size);
            }
            int taken = 0;
            do {
                TAKEN[taken] = directory.take();
            } while (TAKEN[taken++].isHeld() && taken < TAKEN.length);
            hog = null;
            System.out.println("some had no tracker: " + (taken < TAKEN.length));
            for (int i = 0; i < taken; i++) {
                TAKEN[i].release();
            }
            System.out.println("has all its room again: " + hasRoom(directory));
            directory.close();
            System.out.println("misjudged: " + misjudged);
        }

        private static boolean hasRoom(Directory directory) {
            boolean tracked = true;
            for (int i = 0; i < TAKEN.length; i++) {
                TAKEN[i] = directory.take();
                tracked &= TAKEN[i].isHeld();
            }
            for (Tracker each : TAKEN) {
                each.release();
            }
            return tracked;
        }

        private static void fillWith(int size) {
            try {
                while (true) {
                    hog = new Object[] {hog, new byte[size]};
                }
            } catch (OutOfMemoryError e) {
                // Full, but for less than that.
            }
        }
    }
}
