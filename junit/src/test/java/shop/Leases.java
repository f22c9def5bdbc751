// SPDX-License-Identifier: Apache-2.0
package shop;

import dev.heldby.junit.HeldByExtension;
import dev.heldby.junit.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A counted type of the user's own; what is HeldBy's is not woven. */
@ExtendWith(HeldByExtension.class)
@LeakCheck(waitMillis = 50)
public class Leases {
    private static Lease held;

    static final class Lease {
        void close() {}
    }

    @Test
    void closes() {
        new Lease().close();
    }

    @Test
    void forgets() {
        held = new Lease();
    }
}
