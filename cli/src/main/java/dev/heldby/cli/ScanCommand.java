// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heldby scan}: looks for off-heap blocks that nothing points to any more. */
@picocli.CommandLine.Command(
        name = "scan",
        description = "Scan the memory of a watched JVM for off-heap blocks that nothing points to any more.",
        footer = {
            "",
            "A block is reported when two scans in a row found it lost, and it is five seconds old, so at its third scan. The program is not"
                    + " stopped. 'heldby blocks' lists what was reported."
        })
final class ScanCommand extends Command {
    @Parameters(index = "0", paramLabel = "PID", description = "The id of a process that records its blocks.")
    private long pid;

    @Option(
            names = "--watch",
            paramLabel = "DURATION",
            description = "Scan again and again, this long after each scan, such as 10s, until it is interrupted.")
    private Duration every;

    @Option(
            names = "--precise",
            description = {
                "Read the live objects of the heap instead of its memory, which finds more: the program is stopped while"
                        + " its heap is dumped, once or twice."
            })
    private boolean precise;

    @Override
    int execute(PrintWriter out, PrintWriter err) throws Exception {
        try (LiveJvm jvm = LiveJvm.of(pid);
                Control control = Control.of(jvm)) {
            scan(control, out, err);
            while (every != null) {
                Thread.sleep(every.toMillis());
                scan(control, out, err);
            }
            return ExitCode.OK;
        }
    }

    private void scan(Control control, PrintWriter out, PrintWriter err) throws Exception {
        String found = Progress.during(
                err, "scanning the memory of process " + pid, () -> control.blocks(precise ? "precise" : "scan"));
        out.println(found.isEmpty() ? "No new suspected leak of off-heap memory." : found);
        out.flush();
    }
}
