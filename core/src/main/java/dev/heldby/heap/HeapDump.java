// SPDX-License-Identifier: Apache-2.0
package dev.heldby.heap;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A dump of the objects of this process that live, in a folder of its own that only this user can read. Its name is deleted as
 * soon as it is open, so that nothing of it stays, however the process ends.
 */
final class HeapDump implements AutoCloseable {
    /** A small object takes up to twice its size in a dump, where its header is longer and so are its references. */
    private static final int GROWTH = 2;

    private static final boolean IS_POSSIBLE =
            ModuleLayer.boot().findModule("jdk.management").isPresent();

    private final InputStream content;

    private HeapDump(InputStream content) {
        this.content = content;
    }

    /** @throws IOException with a sentence */
    static HeapDump take() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            checkRoom(temporary);
            Path folder = Files.createTempDirectory(temporary, "heldby");
            try {
                return take(folder.resolve("live.hprof"));
            } finally {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new IOException("no heap dump could be made in '" + temporary + "' (" + e.getMessage() + ").", e);
        }
    }

    /** Before the program is stopped for nothing and its disk is full. */
    private static void checkRoom(Path folder) throws IOException {
        long needed = GROWTH
                * ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long free = folder.toFile().getUsableSpace();
        if (free < needed) {
            throw new IOException("it needs up to " + needed + " bytes, and " + free + " are free");
        }
    }

    private static HeapDump take(Path file) throws IOException {
        HotSpotDiagnosticMXBean jvm =
                IS_POSSIBLE ? ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class) : null;
        if (jvm == null) {
            throw new IOException("only HotSpot JVMs with the module jdk.management make them");
        }
        try {
            jvm.dumpHeap(file.toString(), true);
            return new HeapDump(new FileInputStream(file.toFile()));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    InputStream content() {
        return content;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
