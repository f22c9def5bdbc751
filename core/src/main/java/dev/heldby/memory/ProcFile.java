// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of {@code /proc/self} that is read at positions, by any number of threads at once. It stays open.
 *
 * <p>An interrupt of a thread that reads closes the channel, for all. Then it is opened again, and the interrupt is kept
 * for the thread: were it taken for an end of the memory, all blocks would look unreferenced.
 */
final class ProcFile {
    private final String name;
    /** Replaced under the lock of this. */
    private volatile FileChannel channel;

    /** @throws IOException with a sentence */
    ProcFile(String name) throws IOException {
        this.name = name;
        this.channel = open(name);
    }

    /** The whole text of a file; its names may be of any character set. */
    static String text(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.ISO_8859_1);
    }

    /* Not through a channel, which an interrupt would close. */
    static byte[] bytes(String name) throws IOException {
        try (FileInputStream in = new FileInputStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw refused(name, e);
        }
    }

    private static FileChannel open(String name) throws IOException {
        try {
            return FileChannel.open(Path.of(name), StandardOpenOption.READ);
        } catch (IOException | UnsupportedOperationException e) {
            throw refused(name, e);
        }
    }

    private static IOException refused(String name, Exception cause) {
        return new IOException(
                name + " cannot be read (" + cause.getMessage()
                        + "), so a scan of this process's memory cannot be done."
                        + " It needs Linux, and a process that may look at itself: give the java launcher no file"
                        + " capabilities (setcap -r), and do not make the process undumpable.",
                cause);
    }

    /** Fills the buffer from there on, and returns how many bytes that were; 0 if nothing can be read there. */
    int read(ByteBuffer to, long position) {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    return Math.max(0, channel.read(to, position));
                } catch (ClosedChannelException e) {
                    reopen();
                } catch (IOException e) {
                    return 0;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void reopen() {
        if (!channel.isOpen()) {
            try {
                channel = open(name);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
