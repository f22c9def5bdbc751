// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Parameters;

/** {@code heldby blocks}: what scans have reported, and the other commands of the scanner. */
@picocli.CommandLine.Command(
        name = "blocks",
        description = "List the off-heap blocks that scans of a watched JVM reported, or command its scanner.")
final class BlocksCommand extends Command {
    @Parameters(index = "0", paramLabel = "PID", description = "The id of a process that records its blocks.")
    private long pid;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "COMMAND",
            defaultValue = "",
            description = {
                "summary: add up all blocks by the place that allocated them, beside the JVM's own figures.",
                "holders=ADDRESS: show what points to a block from outside of the Java heap.",
                "clear: forget what was reported.",
                "dump=ADDRESS: show all that is known of a block.",
                "precise: scan the live objects of the heap instead of its memory.",
                "scan=SECONDS, scan=on, scan=off: scan by itself, first after 60 seconds and then every 600, or not.",
                "stack=on, stack=off: whether the threads' stacks are read, too.",
                "hex=on, hex=off: whether the first bytes of a block are shown, too, which may be a secret; off unless told.",
                "off: record no blocks any more, until the program is started again."
            })
    private String command;

    @Override
    int execute(PrintWriter out, PrintWriter err) throws Exception {
        try (LiveJvm jvm = LiveJvm.of(pid);
                Control control = Control.of(jvm)) {
            String answer = control.blocks(command);
            if (!answer.isEmpty()) {
                out.println(answer.stripTrailing());
            } else {
                err.println(command.isEmpty() ? "No off-heap block was reported." : "Done.");
            }
            return ExitCode.OK;
        }
    }
}
