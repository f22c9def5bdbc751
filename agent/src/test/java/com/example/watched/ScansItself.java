// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** A program that has dropped twenty off-heap blocks, and asks the agent in it to scan. */
final class ScansItself {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final ObjectName control = new ObjectName("dev.heldby:type=Control");

    /** Returns when a scan would report what was dropped. */
    ScansItself() throws Exception {
        for (int i = 0; i < 20; i++) {
            RawMemory.allocate(1004 + 16 * i); // Sizes into which no list of free memory points.
        }
        while (!SERVER.isRegistered(control)) {
            Thread.sleep(100);
        }
        Thread.sleep(5_500);
    }

    /** By that command. */
    String scan(String how) throws Exception {
        return (String) SERVER.invoke(control, "blocks", new Object[] {how}, new String[] {String.class.getName()});
    }

    /** How three scans as always end. */
    String lastLineOfThree() throws Exception {
        scan("scan");
        scan("scan");
        return scan("scan").lines().reduce((one, other) -> other).orElse("nothing");
    }
}
