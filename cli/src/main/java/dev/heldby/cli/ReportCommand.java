// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Snapshot;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heldby report}: shows what a snapshot holds, or what a watched program shows now. */
@picocli.CommandLine.Command(
        name = "report",
        description = "Show the findings of a snapshot file, or of a watched JVM while it runs.")
final class ReportCommand extends Command {
    @Parameters(
            index = "0",
            paramLabel = "FILE|PID",
            description = "A snapshot that the agent wrote, or the id of a process that HeldBy watches.")
    private String source;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (the default) or json (heldby-report/1).")
    private ReportFormat format;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description =
                    "Start from what earlier runs taught of objects that ended well. The file is only read; 'heldby run"
                            + " --model FILE' makes it.")
    private Path model;

    @Option(names = "--output", paramLabel = "FILE", description = "Write to this file instead of standard output.")
    private Path output;

    @Override
    int execute(PrintWriter out, PrintWriter err) throws Exception {
        if (output != null) {
            ReportFile.check(output);
        }
        List<Healthy> learnt = ModelFile.toRead(model).learnt();
        Verdict verdict = Progress.during(err, "reading " + source, () -> Verdict.of(snapshot(), learnt));
        if (output == null) {
            verdict.print(out, format);
        } else {
            verdict.write(output, format);
        }
        return ExitCode.OK;
    }

    private Snapshot snapshot() throws Failure {
        Path file = Path.of(source);
        if (Files.exists(file) || !source.matches("\\d{1,18}")) {
            return SnapshotSource.read(file);
        }
        try (LiveJvm jvm = LiveJvm.of(Long.parseLong(source));
                Control control = Control.of(jvm)) {
            return control.snapshot();
        }
    }
}
