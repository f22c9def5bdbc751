// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.Level;
import dev.heldby.weave.rules.RuleFiles;
import dev.heldby.weave.rules.RuleSyntaxException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** What to follow, and how closely. */
final class FollowOptions {
    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            defaultValue = "full",
            description = "off, count, trace or full (the default): how much is recorded of each object.")
    private Level level;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "A rule file of your own, beside the built-in rules. May be given more than once.")
    private List<Path> rules = List.of();

    @Option(
            names = "--age",
            paramLabel = "DURATION",
            description = "Also report what is held longer than this, such as 30s, 5m or 1h.")
    private Duration age;

    @Option(
            names = "--growth",
            paramLabel = "DURATION",
            description =
                    "How long objects lie idle, ever more of them, until they are reported while the program runs: 1m"
                            + " unless given.")
    private Duration growth;

    @Option(
            names = "--exceptions",
            description =
                    "Also tell which exceptions left objects open: once one was lost, the methods that made it are woven"
                            + " anew to report what leaves them.")
    private boolean exceptions;

    @Option(
            names = "--lapsed",
            description =
                    "Also report what a method uses through a variable whose reference it has given back, though others still hold the"
                            + " object; for tests. Only in classes that are loaded from now on.")
    private boolean lapsed;

    @Option(
            names = "--blocks",
            description = "Also record off-heap blocks and scan for those that nothing points to any more.")
    private boolean blocks;

    AgentOptions toAgent(String mode) throws Failure {
        AgentOptions options = new AgentOptions().set("mode", mode).set("level", level);
        if (blocks) {
            options.set("level.memory", Level.TRACE);
        }
        for (Path file : rules) {
            check(file);
            options.set("rules", file);
        }
        if (age != null) {
            options.set("age", Span.format(age));
        }
        if (exceptions) {
            options.set("exceptions", "on");
        }
        if (lapsed) {
            options.set("lapsed", "on");
        }
        if (growth != null) {
            options.set("growth", Span.format(growth));
        }
        return options;
    }

    /** Before a program is started or touched, which would go on without these rules. */
    private static void check(Path file) throws Failure {
        try {
            RuleFiles.read(file);
        } catch (IOException | RuleSyntaxException e) {
            throw Failure.badUse(e);
        }
    }

    Level level() {
        return level;
    }
}
