// SPDX-License-Identifier: Apache-2.0
package dev.heldby.heap;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A dump of the objects of this process that live, in a folder of its own that only this user can read. Its name is deleted as
 * soon as it is open, so that nothing of it stays, however the process ends.
 */
final class HeapDump implements AutoCloseable {
    private static final boolean IS_POSSIBLE =
            ModuleLayer.boot().findModule("jdk.management").isPresent();

    private final InputStream content;

    private HeapDump(InputStream content) {
        this.content = content;
    }

    /** @throws IOException with a sentence */
    static HeapDump take() throws IOException {
        return take(
                Path.of(System.getProperty("java.io.tmpdir")),
                IS_POSSIBLE ? ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class) : null);
    }

    /** Below that folder, by what a JVM that makes dumps has for it. */
    static HeapDump take(Path parent, @Nullable HotSpotDiagnosticMXBean jvm) throws IOException {
        if (jvm == null) {
            throw new IOException(
                    "this JVM makes no heap dumps, as only HotSpot with the module jdk.management does: scan"
                            + " without --precise.");
        }
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        try (DumpFolder folder = DumpFolder.in(parent, used)) {
            jvm.dumpHeap(folder.file().toString(), true);
            return new HeapDump(new FileInputStream(folder.file().toFile()));
        } catch (IOException e) {
            throw new IOException(
                    "no heap dump could be made in '" + parent + "' (" + e.getMessage()
                            + "): make room there, or start the" + " program with -Djava.io.tmpdir=FOLDER.",
                    e);
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
