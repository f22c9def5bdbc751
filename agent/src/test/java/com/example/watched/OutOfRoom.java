// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Drops off-heap blocks, and is scanned precisely while a file may not become as large as a heap dump, and then as always. */
public final class OutOfRoom {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private OutOfRoom() {}

    public static void main(String[] args) throws Exception {
        ObjectName control = new ObjectName("dev.heldby:type=Control");
        for (int i = 0; i < 20; i++) {
            RawMemory.allocate(1004 + 16 * i); // Sizes into which no list of free memory points.
        }
        while (!SERVER.isRegistered(control)) {
            Thread.sleep(100);
        }
        Thread.sleep(5_500);
        System.out.println(scan(control, "precise"));
        scan(control, "scan");
        scan(control, "scan");
        System.out.println(
                scan(control, "scan").lines().reduce((one, other) -> other).orElse("nothing"));
    }

    private static String scan(ObjectName control, String how) throws Exception {
        return (String) SERVER.invoke(control, "blocks", new Object[] {how}, new String[] {String.class.getName()});
    }
}
