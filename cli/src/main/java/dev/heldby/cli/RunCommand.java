// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.analysis.Finding.Kind;
import dev.heldby.snapshot.Snapshot;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heldby run}: starts a program with the agent and tells what it left behind. */
@picocli.CommandLine.Command(
        name = "run",
        description = "Start a java program, watch it, and show what it left behind when it ends.",
        customSynopsis = "heldby run [OPTIONS] -- java ...",
        footer = {
            "",
            "The program keeps its input, its output and its exit code. With --fail-on, a finding of a kind named"
                    + " there makes the exit code 1."
        })
final class RunCommand extends Command {
    @Mixin
    private FollowOptions follow;

    @Option(
            names = "--counted",
            description =
                    "Also weave the counting of references to @Counted types, and to those that rules name, into the"
                            + " classes of the class path.")
    private boolean counted;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Also write the findings to this file, as JSON (heldby-report/1).")
    private Path report;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Start from what earlier runs taught of objects that ended well, and add this run's to it."
                    + " The file need not exist yet; use one for each program.")
    private Path model;

    @Option(
            names = "--fail-on",
            paramLabel = "KIND",
            split = ",",
            description = "Exit with 1 when there are findings of one of these kinds: ${COMPLETION-CANDIDATES}.",
            completionCandidates = KindName.Candidates.class)
    private Set<Kind> failOn = Set.of();

    @Parameters(paramLabel = "java ...", description = "The java command to start.", arity = "0..*")
    private List<String> command = List.of();

    @Override
    int execute(PrintWriter out, PrintWriter err) throws Exception {
        JavaCommand java = JavaCommand.of(command);
        AgentOptions options = follow.toAgent("run");
        if (counted) {
            options.set("counted", "on");
        }
        if (report != null) {
            ReportFile.check(report);
        }
        ModelFile learning = ModelFile.toAddTo(model);
        try (WatchedProgram program = WatchedProgram.prepare()) {
            int exitCode = program.run(java, options);
            Optional<Snapshot> snapshot = program.snapshot();
            if (snapshot.isEmpty()) {
                err.println("heldby: the program ended with exit code " + exitCode
                        + " and left no snapshot, so nothing is known of it; it was killed, or its JVM did not start.");
                return exitCode == 0 ? ExitCode.FAILED : exitCode;
            }
            Verdict verdict = Verdict.of(snapshot.get(), learning.learnt());
            if (verdict.isClean()) {
                err.println("HeldBy: no findings");
            } else {
                verdict.print(out, ReportFormat.TEXT);
            }
            if (report != null) {
                verdict.write(report, ReportFormat.JSON);
            }
            learning.add(snapshot.get());
            out.flush();
            err.flush();
            return verdict.hasAny(failOn) ? ExitCode.FINDINGS : exitCode;
        }
    }
}
