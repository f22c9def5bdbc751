// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.Level;
import java.nio.file.Files;
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

    AgentOptions toAgent(String mode) throws Failure {
        AgentOptions options = new AgentOptions().set("mode", mode).set("level", level);
        for (Path file : rules) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw Failure.badUse("the rule file '" + file + "' cannot be read.");
            }
            options.set("rules", file);
        }
        if (age != null) {
            options.set("age", Span.format(age));
        }
        return options;
    }

    Level level() {
        return level;
    }
}
