// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit.inner;

import dev.heldby.junit.HeldByExtension;
import dev.heldby.junit.LeakCheck;
import dev.heldby.tracker.Directory;
import dev.heldby.tracker.Tracker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of code that has the tracking library built in. */
@ExtendWith(HeldByExtension.class)
@LeakCheck(waitMillis = 50)
class Tracked {

    @Test
    void gives_back() {
        Directory directory = Directory.named("device");
        directory.take().release();
        directory.close();
    }

    @Test
    void forgets() {
        Directory directory = Directory.named("device");
        directory.take();
        directory.close();
    }

    @Test
    void gives_back_twice() {
        Directory directory = Directory.named("device");
        Tracker tracker = directory.take();
        tracker.release();
        again(tracker);
        directory.close();
    }

    private static void again(Tracker tracker) {
        tracker.release();
    }
}
