// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.weave.rules.BlockRule;
import dev.heldby.weave.rules.Rule;
import dev.heldby.weave.rules.RuleFiles;
import dev.heldby.weave.rules.TypeRule;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Parameters;

/** {@code heldby rules}: what is followed. */
@picocli.CommandLine.Command(
        name = "rules",
        description = "List the built-in rules and the types they follow, or what is woven in a watched JVM and why.")
final class RulesCommand extends Command {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PID",
            description = "The id of a process that HeldBy watches.")
    private Long pid;

    @Override
    int execute(PrintWriter out, PrintWriter err) throws Exception {
        if (pid == null) {
            RuleFiles.builtIn().forEach(rule -> list(rule, out));
        } else {
            list(pid, out);
        }
        return ExitCode.OK;
    }

    private static void list(Rule rule, PrintWriter out) {
        String link = rule.traits().link();
        out.println(rule.name() + (link.isEmpty() ? "" : ": " + link));
        if (rule.optional()) {
            out.println("  off unless asked for with level." + rule.name() + "=trace");
        }
        for (TypeRule type : rule.types()) {
            out.println("  " + (type.annotated() ? "@" : "") + type.type());
        }
        for (BlockRule blocks : rule.blocks()) {
            out.println("  " + blocks.type() + ", which allocates off-heap memory");
        }
        if (rule.shaded()) {
            out.println("  and copies of these under another package");
        }
    }

    private static void list(long pid, PrintWriter out) throws Failure {
        try (LiveJvm jvm = LiveJvm.of(pid);
                Control control = Control.of(jvm)) {
            for (String rule : control.rules()) {
                out.println("rule " + rule);
            }
            List<String> woven = control.woven();
            woven.forEach(out::println);
            if (woven.isEmpty()) {
                out.println("nothing is woven: no class that a rule names has been loaded");
            }
        }
    }
}
