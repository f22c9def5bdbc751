// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Drops off-heap blocks, and is scanned at first while it can open no file, and then three times while it can. */
public final class OutOfFiles {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private OutOfFiles() {}

    public static void main(String[] args) throws Exception {
        ObjectName control = new ObjectName("dev.heldby:type=Control");
        for (int i = 0; i < 20; i++) {
            RawMemory.allocate(1004 + 16 * i); // Sizes into which no list of free memory points.
        }
        while (!SERVER.isRegistered(control)) {
            Thread.sleep(100);
        }
        Thread.sleep(5_500);
        List<Closeable> open = new ArrayList<>();
        try {
            while (true) {
                open.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            System.out.println(scan(control));
        }
        for (Closeable file : open) {
            file.close();
        }
        scan(control);
        scan(control);
        System.out.println(scan(control).lines().reduce((one, other) -> other).orElse("nothing"));
    }

    private static String scan(ObjectName control) throws Exception {
        return (String) SERVER.invoke(control, "blocks", new Object[] {"scan"}, new String[] {String.class.getName()});
    }
}
