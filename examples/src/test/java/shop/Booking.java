// SPDX-License-Identifier: Apache-2.0
package shop;

import dev.heldby.tracker.Directory;
import dev.heldby.tracker.Tracker;

public final class Booking {
    public static void main(String[] args) {
        Directory room = Directory.named("room");
        Tracker lecture = room.take();
        Tracker seminar = room.take();
        lecture.release();
        room.close();
    }
}
