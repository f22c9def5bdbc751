// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.snapshot.Snapshot;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code heldby demo}: the whole of it on a Netty server that forgets two releases. */
@picocli.CommandLine.Command(
        name = "demo",
        description = "Start a Netty server that forgets releases, send it requests, and show what HeldBy finds.")
final class DemoCommand extends Command {
    /** Netty's own detector would add its sampled reports to ours. */
    private static final String QUIET_NETTY = "-Dio.netty.leakDetection.level=disabled";

    @Option(names = "--fixed", description = "Run the server with its defects repaired.")
    private boolean fixed;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where to write the findings as JSON (heldby-report/1); ${DEFAULT-VALUE} if not given.")
    private Path report = Path.of("heldby-demo.json");

    @Override
    int execute(PrintWriter out, PrintWriter err) throws Exception {
        ReportFile.check(report);
        List<String> arguments = new ArrayList<>(
                List.of(QUIET_NETTY, "-jar", CarriedJar.EXAMPLES.file().toString()));
        if (fixed) {
            arguments.add("--fixed");
        }
        try (WatchedProgram program = WatchedProgram.prepare()) {
            AgentOptions options = new AgentOptions().set("mode", "run").set("level", "full");
            JavaCommand server = JavaCommand.ofThisJvm(arguments);
            int exitCode =
                    Progress.during(err, "sending requests to the demo server", () -> program.run(server, options));
            Snapshot snapshot = program.snapshot()
                    .orElseThrow(() -> Failure.failed(
                            "the demo server ended with exit code " + exitCode + " and left no snapshot."));
            Verdict verdict = Verdict.of(snapshot);
            verdict.print(out, ReportFormat.TEXT);
            verdict.write(report, ReportFormat.JSON);
            out.println("written as JSON to " + report);
            out.flush();
            return exitCode == 0 ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
