// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.Level;
import dev.heldby.analysis.Finding.Kind;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The entry of the {@code heldby} command. */
@Command(
        name = "heldby",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Tells you which reference was taken and never given back, and where it should have been.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            AttachCommand.class,
            ReportCommand.class,
            RulesCommand.class,
            LevelCommand.class,
            ScanCommand.class,
            BlocksCommand.class,
            WhyCommand.class,
            WeaveCommand.class,
            HelpCommand.class
        },
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no findings, or none of a kind that --fail-on names",
            "1:findings of a kind that --fail-on names",
            "2:bad use, such as an unknown option",
            "3:the command failed",
            "N:'heldby run' passes on the program's own exit code, unless --fail-on makes it 1"
        })
public final class Main {
    private Main() {}

    public static void main(String... args) {
        Charset charset = Charset.defaultCharset();
        PrintWriter out = new PrintWriter(System.out, true, charset);
        PrintWriter err = new PrintWriter(System.err, true, charset);
        System.exit(execute(out, err, args));
    }

    /** Runs one command line and returns its exit code; never throws and never ends the JVM. */
    static int execute(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new Main());
        line.setOut(out);
        line.setErr(err);
        // An @file belongs to the java command that is to be run.
        line.setExpandAtFiles(false);
        line.registerConverter(Level.class, Main::level);
        line.registerConverter(Duration.class, Span::parse);
        line.registerConverter(long.class, Main::pid);
        line.registerConverter(Long.class, Main::pid);
        line.registerConverter(Kind.class, KindName::parse);
        line.registerConverter(ReportFormat.class, ReportFormat::named);
        line.setParameterExceptionHandler(Main::refuse);
        line.setExecutionExceptionHandler(Main::explain);
        Objects.requireNonNull(line.getSubcommands().get("run")).setStopAtPositional(true);
        if (args.length == 0) {
            line.usage(err);
            return ExitCode.BAD_USE;
        }
        return line.execute(args);
    }

    private static Level level(String name) {
        try {
            return Level.named(name);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static long pid(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("\"" + text + "\" is not a process id");
        }
    }

    private static int refuse(ParameterException refused, String[] args) {
        CommandLine line = refused.getCommandLine();
        say(
                line,
                withoutStop(String.valueOf(refused.getMessage())) + "; '"
                        + line.getCommandSpec().qualifiedName() + " --help' shows what can be asked.");
        return ExitCode.BAD_USE;
    }

    private static int explain(Exception e, CommandLine line, ParseResult parsed) {
        if (e instanceof Failure failure) {
            say(line, String.valueOf(failure.getMessage()));
            return failure.exitCode();
        }
        say(line, "this is a defect in HeldBy, please report it: " + e);
        if (Boolean.getBoolean("heldby.debug")) {
            e.printStackTrace(line.getErr());
        }
        return ExitCode.FAILED;
    }

    private static void say(CommandLine line, String sentence) {
        line.getErr().println("heldby: " + sentence);
        line.getErr().flush();
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
