// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.weave.counted.ClassPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The classes that are to be woven.
 *
 * @param classes all that were read
 * @param program those that can be woven
 */
record WeaveInput(ClassPath classes, Map<String, byte[]> program) {

    /** Refuses what cannot be read whole, and what would be overwritten. */
    static WeaveInput read(List<Path> inputs, Path output) throws Failure {
        ClassPath classes = new ClassPath();
        for (Path input : inputs) {
            refuseIfOverwritten(input, output);
            add(input, classes);
        }
        refuse(classes);
        Map<String, byte[]> program = classes.program();
        if (program.isEmpty()) {
            throw Failure.badUse("there is no class file to weave in " + WeaveCommand.quoted(inputs)
                    + "; name folders that the compiler wrote to, or jars.");
        }
        return new WeaveInput(classes, program);
    }

    private static void add(Path input, ClassPath classes) throws Failure {
        try {
            classes.add(input);
        } catch (IOException e) {
            throw Failure.badUse(
                    "'" + input + "' cannot be read: " + Reason.of(e) + "; name a folder with class files or a jar.");
        }
    }

    private static void refuse(ClassPath classes) throws Failure {
        for (String sentence : classes.damaged()) {
            throw Failure.badUse(sentence + " Compile it again, or leave it out.");
        }
        for (String name : classes.woven()) {
            throw Failure.badUse("the class " + name.replace('/', '.')
                    + " is woven already; weave what the compiler wrote, into another folder or jar.");
        }
    }

    private static void refuseIfOverwritten(Path input, Path output) throws Failure {
        Path from = input.toAbsolutePath().normalize();
        Path to = output.toAbsolutePath().normalize();
        if (from.startsWith(to) || to.startsWith(from)) {
            throw Failure.badUse("the output '" + output + "' would overwrite the input '" + input
                    + "' or lie within it; name another place with -o.");
        }
        boolean isJar = OutputFiles.isJar(output);
        if (isJar && Files.isDirectory(output)) {
            throw Failure.badUse("the output '" + output + "' is a folder; only a file can be a jar.");
        }
        if (!isJar && Files.isRegularFile(output)) {
            throw Failure.badUse(
                    "the output '" + output + "' is a file; name a folder, or a jar with '.jar' at the end.");
        }
    }
}
