// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.weave.counted.CountedWeaver;
import dev.heldby.weave.counted.CountedWeaver.Woven;
import dev.heldby.weave.counted.MisuseException;
import dev.heldby.weave.counted.Operations;
import dev.heldby.weave.rules.Rule;
import dev.heldby.weave.rules.RuleBook;
import dev.heldby.weave.rules.RuleFiles;
import dev.heldby.weave.rules.RuleSyntaxException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heldby weave}: makes a program count the references to its counted types, before it runs. */
@picocli.CommandLine.Command(
        name = "weave",
        description = "Weave the counting of references to @Counted types into compiled classes.",
        footer = {
            "",
            "All classes that share counted objects belong into one call, since what one class holds depends on the"
                    + " others. The woven program needs heldby-core on its class path."
        })
final class WeaveCommand extends Command {
    @Parameters(paramLabel = "DIR|JAR", arity = "1..*", description = "Folders with class files, and jars.")
    private List<Path> inputs = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            required = true,
            description = "Where to write all of them: a folder, or one jar if the name ends with .jar.")
    private Path output;

    @Option(
            names = "--classpath",
            paramLabel = "PATH",
            description = "What else the program uses, and is not woven, as for the java command.")
    private String classPath = "";

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "A rule file that names counted types of libraries. May be given more than once.")
    private List<Path> rules = List.of();

    @Override
    int execute(PrintWriter out, PrintWriter err) throws Exception {
        Map<String, String> marked = countedTypes(rules);
        WeaveInput input = WeaveInput.read(inputs, output);
        Woven woven = weave(input, marked);
        if (woven.counted().isEmpty()) {
            throw Failure.badUse("none of the " + input.program().size() + " classes in " + quoted(inputs)
                    + " is a counted type; mark one with @Counted, or name one in a file for --rules.");
        }
        WovenOutput written = new WovenOutput(input, woven.classes());
        written.write(inputs, output);
        report(input, woven, written, out);
        woven.troubles().forEach(trouble -> err.println("heldby: " + trouble));
        return woven.troubles().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private Woven weave(WeaveInput input, Map<String, String> marked) throws Failure {
        try {
            return CountedWeaver.weave(input.program(), marked, new Outside(input.classes(), classPath));
        } catch (MisuseException e) {
            throw Failure.badUse(e);
        }
    }

    private void report(WeaveInput input, Woven woven, WovenOutput written, PrintWriter out) {
        out.println("wrote '" + output + "': " + written.changed() + " of "
                + input.program().size()
                + " classes changed to count references to " + String.join(", ", woven.counted())
                + "; the program needs heldby-core on its class path when it runs.");
        Operations operations = woven.operations();
        out.println("Copies of references that are counted: " + operations.taken() + " of " + operations.copies()
                + "; the others are handed the reference, or leave it to what outlives them.");
        int versioned = input.classes().versioned().size();
        if (versioned > 0) {
            out.println("Left as they were: " + versioned
                    + " classes of which a jar has other versions for newer JVMs, since nobody knows which is loaded.");
        }
        if (!written.signatures().isEmpty()) {
            out.println("Left out: " + String.join(", ", written.signatures())
                    + ", the signatures of what has changed; sign the output again.");
        }
        if (!written.repeated().isEmpty()) {
            out.println("Left out: " + String.join(", ", written.repeated())
                    + ", of which an input before has another; the first counts, as on a class path.");
        }
    }

    private static Map<String, String> countedTypes(List<Path> files) throws Failure {
        List<Rule> all = new ArrayList<>();
        for (Path file : files) {
            try {
                all.addAll(RuleFiles.read(file));
            } catch (IOException | RuleSyntaxException e) {
                throw Failure.badUse(e);
            }
        }
        return new RuleBook(all).countedTypes();
    }

    static String quoted(List<Path> paths) {
        return paths.stream().map(path -> "'" + path + "'").collect(Collectors.joining(" and "));
    }
}
