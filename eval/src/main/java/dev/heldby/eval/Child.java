// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that runs a workload, with its output in a file. */
final class Child implements AutoCloseable {
    private static final Duration TO_END = Duration.ofSeconds(20);

    private final Process process;
    private final long deadline;

    private Child(Process process, Duration limit) {
        this.process = process;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    static Child start(List<String> options, Workload workload, Path output, Duration limit) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        command.addAll(options);
        command.addAll(workload.arguments());
        return new Child(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                limit);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean isLate() {
        return System.nanoTime() > deadline;
    }

    /** Waits so long, or until it has ended. */
    void await(Duration time) throws InterruptedException {
        process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for the end; a program that a defect has made hang is asked to end when its time is over. */
    int end() throws InterruptedException {
        if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            process.destroy();
            if (!process.waitFor(TO_END.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
