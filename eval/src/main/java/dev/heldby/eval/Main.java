// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The evaluation's command. */
@Command(
        name = "eval",
        description = "Plants defects in workloads, lets HeldBy look, and scores what it says.",
        subcommands = {
            CensusCommand.class,
            PlantCommand.class,
            JudgeCommand.class,
            QuietCommand.class,
            ScoreCommand.class
        },
        mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
