// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import dev.heldby.recording.Reaper;
import dev.heldby.recording.Recorder;
import dev.heldby.recording.Snapshots;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Snapshot;
import dev.heldby.snapshot.SnapshotFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Writes the snapshot file: when the program ends, and every so often if asked. */
final class SnapshotWriter {
    private static final Duration COLLECT_LIMIT = Duration.ofSeconds(2);
    /** A step of the JVM's shutdown after the program's own hooks, which are step 1, and deletions on exit, step 2. */
    private static final int SHUTDOWN_STEP = 7;

    private final Recorder recorder;
    private final Snapshots snapshots;
    private final OffHeap offHeap;
    private final AgentOptions options;

    SnapshotWriter(Recorder recorder, Snapshots snapshots, OffHeap offHeap, AgentOptions options) {
        this.recorder = recorder;
        this.snapshots = snapshots;
        this.offHeap = offHeap;
        this.options = options;
    }

    /**
     * Arranges for the last snapshot: after all hooks of the program have run, where the JVM allows it. In tests, each
     * of which has told of its own findings, only if a file was named.
     */
    void writeAtExit() {
        if (options.snapshot() == null && options.mode().equals("junit")) {
            return;
        }
        Runnable last = () -> recorder.unrecorded(this::atExit);
        try {
            Method add = Class.forName("java.lang.Shutdown")
                    .getDeclaredMethod("add", int.class, boolean.class, Runnable.class);
            add.setAccessible(true);
            add.invoke(null, SHUTDOWN_STEP, false, last);
        } catch (ReflectiveOperationException | RuntimeException e) {
            Runtime.getRuntime().addShutdownHook(new Thread(null, last, "HeldBy exit", 0, false));
        }
    }

    private void atExit() {
        Reaper.collect(recorder, COLLECT_LIMIT);
        offHeap.scanAtExit();
        Snapshot snapshot = snapshots.atExit();
        if (options.snapshot() != null) {
            write(snapshot, options.snapshot());
        } else if (snapshot.observations().stream().anyMatch(observation -> isDefect(observation, snapshot))) {
            Path file = Path.of("heldby-" + ProcessHandle.current().pid() + ".snapshot")
                    .toAbsolutePath();
            if (write(snapshot, file)) {
                System.err.println(
                        "HeldBy recorded references that were not given back; to read of them: heldby report " + file);
            }
        }
    }

    /** As an analysis will judge it: what a rule lets be held to the end is none. */
    private static boolean isDefect(Observation observation, Snapshot snapshot) {
        return observation.state() != Observation.State.HELD_AT_EXIT
                || snapshot.rules().stream()
                        .filter(rule -> rule.name().equals(observation.rule()))
                        .noneMatch(rule ->
                                rule.mayHoldForLife(observation.example().birth()));
    }

    /** Starts the thread that writes a snapshot on a period, if one was asked for. */
    void writeEvery() {
        if (options.every().isZero()) {
            return;
        }
        Path file = options.snapshot() == null
                ? Path.of("heldby-" + ProcessHandle.current().pid() + ".snapshot")
                        .toAbsolutePath()
                : options.snapshot();
        Thread thread = new Thread(null, () -> recorder.unrecorded(() -> repeat(file)), "HeldBy snapshots", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    private void repeat(Path file) {
        try {
            while (true) {
                Thread.sleep(options.every().toMillis());
                write(snapshots.running(), file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes beside the file first, so that a reader never sees half of one. */
    private static boolean write(Snapshot snapshot, Path file) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                SnapshotFile.write(snapshot, out);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            System.err.println(
                    "HeldBy: the snapshot could not be written to \"" + file + "\": " + reason(e, unfinished) + ".");
            return false;
        }
    }

    private static String reason(IOException problem, Path unfinished) {
        Path folder = unfinished.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            return "the folder does not exist";
        }
        return Files.isWritable(folder) ? String.valueOf(problem.getMessage()) : "the folder may not be written to";
    }
}
