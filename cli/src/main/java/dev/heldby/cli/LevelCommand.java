// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.Level;
import java.io.PrintWriter;
import picocli.CommandLine.Parameters;

/** {@code heldby level}: changes how closely a watched program is followed. */
@picocli.CommandLine.Command(
        name = "level",
        description = "Change how much a watched JVM records of the objects that a rule follows.")
final class LevelCommand extends Command {
    @Parameters(index = "0", paramLabel = "PID", description = "The id of a process that HeldBy watches.")
    private long pid;

    @Parameters(
            index = "1",
            paramLabel = "RULE=LEVEL",
            description = "A rule that 'heldby rules' lists, and off, count, trace or full.")
    private String change;

    @Override
    int execute(PrintWriter out, PrintWriter err) throws Exception {
        String[] halves = change.split("=", 2);
        if (halves.length < 2 || halves[0].isBlank()) {
            throw Failure.badUse("\"" + change + "\" is not RULE=LEVEL, such as netty=full.");
        }
        Level level = level(halves[1]);
        try (LiveJvm jvm = LiveJvm.of(pid);
                Control control = Control.of(jvm)) {
            control.setLevel(halves[0], level.toString());
        }
        err.println("HeldBy follows rule " + halves[0] + " in process " + pid + " at level " + level + " from now on.");
        return ExitCode.OK;
    }

    private static Level level(String name) throws Failure {
        try {
            return Level.named(name);
        } catch (IllegalArgumentException e) {
            throw Failure.badUse(e);
        }
    }
}
