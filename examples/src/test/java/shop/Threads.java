// SPDX-License-Identifier: Apache-2.0
package shop;

import dev.heldby.history.CountHistory;
import dev.heldby.history.Histories;

public final class Threads {
    // sample
    static final class Worker {
        final CountHistory history = CountHistory.of(this, "worker");
    }

    public static void main(String[] args) {
        Worker worker = new Worker();
        worker.history.get();
        worker.history.put();
        System.out.print(Histories.ofProcess().report(true));

        worker.history.put();
        worker.history.exit();
        System.out.print(Histories.ofProcess().report(true)); // nothing
    }
    // end
}
