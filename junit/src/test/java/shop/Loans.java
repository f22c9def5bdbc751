// SPDX-License-Identifier: Apache-2.0
package shop;

import dev.heldby.junit.HeldByExtension;
import dev.heldby.junit.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gives back what it borrows, unless the property {@code shop.forgets} is set. */
@ExtendWith(HeldByExtension.class)
@LeakCheck(waitMillis = 50)
public class Loans {
    private static final List<Leases.Lease> KEPT = new ArrayList<>();

    @Test
    void borrows() {
        Leases.Lease lease = new Leases.Lease();
        if (Boolean.getBoolean("shop.forgets")) {
            KEPT.add(lease);
        } else {
            lease.close();
        }
    }
}
