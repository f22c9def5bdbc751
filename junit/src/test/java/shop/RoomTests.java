// SPDX-License-Identifier: Apache-2.0
package shop;

import dev.heldby.junit.HeldByExtension;
import dev.heldby.tracker.Directory;
import dev.heldby.tracker.Tracker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(HeldByExtension.class)
class RoomTests {
    private final Directory room = Directory.named("room");

    @Test
    void isFreeAfterTheLecture() {
        Tracker lecture = room.take();
        lecture.release();
    }

    @Test
    void isFreeAfterTheSeminar() {
        book(0);
    }

    private void book(int guests) {
        Tracker seminar = room.take();
        if (guests == 0) {
            return; // called off, and the room forgotten
        }
        seminar.release();
    }
}
