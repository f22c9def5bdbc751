// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench.counted;

import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * How long after its last use a handle is closed, and how many are open meanwhile, under one load: so many handles a second, and
 * for each of them some garbage.
 */
final class Promptness {
    private static final int PER_MILLISECOND = 10;
    private static final int MILLISECONDS = 10_000;
    private static final int GARBAGE = 20_000;

    /** Where garbage goes, so that it is made. */
    static volatile byte[] garbage = new byte[0];

    private Promptness() {}

    static String table() {
        return "| closed by | handles | closed | open at most | median delay | 99 % within | longest |\n"
                + "|---|---|---|---|---|---|---|\n"
                + row("count", WovenClasses.make(HandleRing.class, CountedRing.class, CountedRing.Handle.class))
                + row("cleaner", new CleanedRing());
    }

    private static String row(String name, HandleRing ring) {
        int handles = PER_MILLISECOND * MILLISECONDS;
        Ledger ledger = new Ledger(handles);
        ring.tell(ledger);
        long start = System.nanoTime();
        for (int i = 0; i < handles; i++) {
            while (System.nanoTime() - start < i / PER_MILLISECOND * 1_000_000L) {
                LockSupport.parkNanos(100_000);
            }
            ring.replace(i % HandleRing.SIZE);
            garbage = new byte[GARBAGE];
        }
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %,d | %s | %s | %s |%n",
                name,
                handles,
                ledger.closedCount(),
                ledger.mostOpen(),
                shown(ledger.percentile(50)),
                shown(ledger.percentile(99)),
                shown(ledger.percentile(100)));
    }

    private static String shown(long nanos) {
        return nanos < 10_000_000
                ? String.format(Locale.ROOT, "%,.1f us", nanos / 1e3)
                : String.format(Locale.ROOT, "%,.0f ms", nanos / 1e6);
    }
}
