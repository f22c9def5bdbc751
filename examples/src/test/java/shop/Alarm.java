// SPDX-License-Identifier: Apache-2.0
package shop;

import dev.heldby.complaint.Complaints;
import dev.heldby.tracker.Directory;

public final class Alarm {
    public static void main(String[] args) {
        // sample
        Runnable end = Complaints.ofProcess().listen(complaint -> {
            if (complaint.isFirst()) {
                System.out.println("alarm: " + complaint.kind() + " of " + complaint.subject());
            }
        });
        Directory.named("door").releaseAnonymous(); // nothing was taken
        end.run();
        // end
    }
}
