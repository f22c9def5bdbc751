// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.snapshot.Snapshot;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heldby attach}: starts to watch a program that runs already. */
@picocli.CommandLine.Command(
        name = "attach",
        description = "Start to watch a JVM that runs already.",
        footer = {
            "",
            "Returns as soon as the agent is installed; 'heldby report PID' then shows what was found so far."
                    + " Objects that were there before are followed from the first call that is seen on them."
        })
final class AttachCommand extends Command {
    @Parameters(index = "0", paramLabel = "PID", description = "The process to watch; 'jps -l' lists them.")
    private long pid;

    @Mixin
    private FollowOptions follow;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "Watch for this long, such as 30s, 5m or 1h, and show the findings then.")
    private Duration span;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "With --for: also write the findings to this file, as JSON (heldby-report/1).")
    private Path report;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description =
                    "With --for: start from what earlier runs taught of objects that ended well, and add this one's"
                            + " to it. The file need not exist yet; use one for each program.")
    private Path model;

    @Override
    int execute(PrintWriter out, PrintWriter err) throws Exception {
        refuseWhatNeedsAnEnd();
        if (report != null) {
            ReportFile.check(report);
        }
        ModelFile learning = ModelFile.toAddTo(model);
        AgentOptions options = follow.toAgent("attach");
        Path agent = CarriedJar.ATTACHED_AGENT.file();
        try (LiveJvm jvm = LiveJvm.of(pid);
                Control control = Control.of(jvm)) {
            if (control.watches()) {
                throw Failure.badUse("HeldBy watches process " + pid + " already; 'heldby report " + pid
                        + "' shows what was found, 'heldby level' changes the levels.");
            }
            Progress.during(err, "weaving the classes of process " + pid, () -> jvm.load(agent, options));
            if (!control.watches()) {
                // The agent registers its control bean late, so as not to slow a start, or when it is loaded again.
                jvm.load(agent, options);
            }
            if (!control.watches()) {
                throw Failure.failed("the agent was loaded into process " + pid
                        + " and gave up; the program's standard error says why.");
            }
            err.println("HeldBy watches process " + pid + " at level " + follow.level() + "; 'heldby report " + pid
                    + "' shows what was found so far.");
            err.flush();
            if (span != null) {
                reportLater(control, learning, out, err);
            }
            return ExitCode.OK;
        }
    }

    private void refuseWhatNeedsAnEnd() throws Failure {
        if (span == null && report != null) {
            throw Failure.badUse("--report needs --for, which says when to report; or use 'heldby report " + pid
                    + " --format json --output FILE' later.");
        }
        if (span == null && model != null) {
            throw Failure.badUse("--model needs --for, which says when what was seen is added; or use 'heldby report "
                    + pid + " --model FILE' later, which only reads it.");
        }
    }

    private void reportLater(Control control, ModelFile learning, PrintWriter out, PrintWriter err) throws Exception {
        Snapshot snapshot = Progress.during(err, "watching process " + pid + " for " + Span.format(span), () -> {
            Thread.sleep(span.toMillis());
            return control.snapshot();
        });
        Verdict verdict = Verdict.of(snapshot, learning.learnt());
        verdict.print(out, ReportFormat.TEXT);
        if (report != null) {
            verdict.write(report, ReportFormat.JSON);
        }
        learning.add(snapshot);
    }
}
