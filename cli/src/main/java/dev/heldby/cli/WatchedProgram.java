// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A program that is started with the agent, and the snapshot that it leaves.
 *
 * <p>It has the command's own terminal. A Ctrl-C ends both, and the command still tells what was found: its hook passes
 * the signal on and holds the end of this JVM up until {@link #close}.
 */
final class WatchedProgram implements AutoCloseable {
    private final Path folder;
    private final Path snapshot;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile int exitCode;

    private WatchedProgram(Path folder) {
        this.folder = folder;
        this.snapshot = folder.resolve("exit.heldby");
    }

    static WatchedProgram prepare() throws Failure {
        try {
            return new WatchedProgram(Files.createTempDirectory("heldby"));
        } catch (IOException e) {
            throw Failure.failed(
                    "no temporary folder could be made in '" + System.getProperty("java.io.tmpdir") + "': "
                            + Reason.of(e) + ".",
                    e);
        }
    }

    /** Runs to the program's end and returns its exit code. */
    int run(JavaCommand command, AgentOptions options) throws Failure, InterruptedException {
        options.set("snapshot", snapshot);
        Path agent = CarriedJar.AGENT.file();
        Process process;
        try {
            process = new ProcessBuilder(command.withAgent(agent, options))
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            throw Failure.failed("'" + command.launcher() + "' could not be started; is a JDK on the PATH?", e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> outlive(process), "heldby ends the program"));
        exitCode = process.waitFor();
        return exitCode;
    }

    /** Empty if the program ended in a way that left no time for one. */
    Optional<Snapshot> snapshot() throws Failure {
        return Files.isRegularFile(snapshot) ? Optional.of(SnapshotSource.read(snapshot)) : Optional.empty();
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(snapshot);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // A file too many in the temporary folder does no harm.
        }
        closed.countDown();
    }

    private void outlive(Process process) {
        if (closed.getCount() == 0) {
            return;
        }
        process.destroy();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }
}
