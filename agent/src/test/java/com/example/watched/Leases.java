// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import com.acme.pool.Lease;
import com.acme.pool.Page;

/** Uses types of its own, well and badly. */
public final class Leases {
    private Leases() {}

    public static void main(String[] args) {
        good();
        forgotten();
        tooOften();
        late();
        goodPage();
        forgottenPage();
    }

    private static void good() {
        Lease lease = Lease.of(10);
        lease.tryShare();
        lease.read();
        lease.giveBack(2);
        lease.tryShare();
    }

    private static void forgotten() {
        Lease lease = Lease.of(20);
        lease.tryShare();
        lease.giveBack(1);
    }

    private static void tooOften() {
        Lease lease = Lease.of(30);
        lease.giveBack(1);
        expectRefusal(() -> lease.giveBack(1));
    }

    private static void late() {
        Lease lease = Lease.of(40);
        lease.giveBack(1);
        expectRefusal(lease::read);
    }

    private static void expectRefusal(Runnable use) {
        try {
            use.run();
            throw new AssertionError("not refused");
        } catch (IllegalStateException e) {
            // As it should be.
        }
    }

    private static void goodPage() {
        Page page = new Page();
        page.pin();
        page.unpin();
        page.unpin();
    }

    private static void forgottenPage() {
        Page page = new Page();
        page.pin();
        page.unpin();
    }
}
