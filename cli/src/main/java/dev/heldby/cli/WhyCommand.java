// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.analysis.Finding;
import dev.heldby.cli.path.Dump;
import dev.heldby.cli.path.ShortestPath;
import dev.heldby.cli.path.Target;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heldby why}: who still holds a block, or the object of a finding. */
@picocli.CommandLine.Command(
        name = "why",
        description = "Show who still holds an off-heap block, or an object that was not given back: the shortest path"
                + " from a root of the collector.",
        footer = {
            "",
            "The path is read from a heap dump, which stops the program while it is made. Weak, soft and phantom"
                    + " references hold nothing."
        })
final class WhyCommand extends Command {
    @Parameters(index = "0", paramLabel = "PID", description = "The id of a process that HeldBy watches.")
    private long pid;

    @Parameters(
            index = "1",
            paramLabel = "ID",
            description =
                    "The address of a block, such as 0x7f3a5c0012f0, or the number or the fingerprint of a finding"
                            + " that 'heldby report PID' shows.")
    private String id;

    @Option(
            names = "--dump",
            paramLabel = "FILE",
            description = {
                "Have the heap dump written to this new file, whose name ends with .hprof, and keep it. Without it, the dump is"
                        + " made in the temporary folder and deleted. It may hold secrets."
            })
    private Path dump;

    @Override
    int execute(PrintWriter out, PrintWriter err) throws Exception {
        try (LiveJvm jvm = LiveJvm.of(pid);
                Control control = Control.of(jvm)) {
            List<String> answer = Progress.during(
                    err,
                    "reading the heap of process " + pid,
                    () -> id.startsWith("0x") ? block(control) : finding(control));
            answer.forEach(out::println);
            return ExitCode.OK;
        }
    }

    private List<String> block(Control control) throws Exception {
        List<String> answer = new ArrayList<>(control.blocks("dump=" + id)
                .lines()
                .filter(line -> !line.startsWith("  needs "))
                .toList());
        HeldBlock block = new HeldBlock(control.blocks("holders=" + id));
        try (Dump heap = dumped(control)) {
            Optional<ShortestPath.Found> path = heap.path(block.target());
            path.ifPresent(found -> {
                answer.add("held by");
                found.hops().forEach(hop -> answer.add("  " + hop));
                block.chain(found.address()).forEach(link -> answer.add("  " + link));
            });
            if (path.isEmpty()) {
                answer.add("no object that lives points to it");
            }
        }
        if (!block.memory().isEmpty()) {
            answer.add("and, from outside of the Java heap, where what was freed leaves remnants, by");
            block.memory().forEach(word -> answer.add("  " + word));
        }
        return answer;
    }

    private List<String> finding(Control control) throws Exception {
        Finding finding = named(Verdict.of(control.snapshot()).findings().findings().stream()
                .filter(one -> !one.suppressed())
                .toList());
        switch (finding.detectedBy()) {
            case AGE, SCOPE_END, EXIT, GROWTH, EXHAUSTION, CLOSED -> {}
            default ->
                throw Failure.failed("nothing holds the objects of finding " + id + ", which were found because"
                        + " of that; its places in 'heldby report " + pid + "' are the answer.");
        }
        if (finding.history().isEmpty()) {
            throw Failure.failed("of finding " + id + " no history was recorded, by which its object would be found;"
                    + " 'heldby level " + pid + " " + finding.rule() + "=full' records it from now on.");
        }
        try (Dump heap = dumped(control)) {
            Set<Long> objects =
                    heap.counted(finding.type(), finding.history().get(0).at());
            ShortestPath.Found path = heap.path(Target.objects(objects))
                    .orElseThrow(() -> Failure.failed("nothing holds the object of finding " + id
                            + " by a strong reference any more; the next report may call it unreachable."));
            List<String> answer = new ArrayList<>(List.of(finding.summary(), "held by"));
            path.hops().forEach(hop -> answer.add("  " + hop));
            answer.add("  " + finding.type());
            return answer;
        }
    }

    private Dump dumped(Control control) throws Failure {
        return dump == null ? LiveDump.of(control) : LiveDump.of(control, dump);
    }

    private Finding named(List<Finding> findings) throws Failure {
        for (int i = 0; i < findings.size(); i++) {
            if (id.equals(Integer.toString(i + 1)) || id.equals(findings.get(i).fingerprint())) {
                return findings.get(i);
            }
        }
        throw Failure.failed("'" + id + "' is neither an address, which begins with 0x, nor one of the "
                + findings.size() + " findings that 'heldby report " + pid + "' shows.");
    }
}
