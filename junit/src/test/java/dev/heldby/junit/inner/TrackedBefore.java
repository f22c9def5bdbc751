// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit.inner;

import dev.heldby.tracker.Directory;
import org.junit.jupiter.api.Test;

/** Uses the tracking library where nobody watches, before the extension had its turn. */
class TrackedBefore {

    @Test
    void uses_the_library() {
        Directory.named("device").take().release();
    }
}
