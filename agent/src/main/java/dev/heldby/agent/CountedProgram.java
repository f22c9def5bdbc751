// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import dev.heldby.weave.counted.ClassFiles;
import dev.heldby.weave.counted.ClassPath;
import dev.heldby.weave.counted.CountedWeaver;
import dev.heldby.weave.counted.CountedWeaver.Woven;
import dev.heldby.weave.counted.MisuseException;
import dev.heldby.weave.rules.RuleBook;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The classes of the class path with the counting of references woven in: all are woven together before the program begins, and
 * each stands in for the one that the JVM loads. What is loaded already counts as code outside.
 *
 * <p>It comes before all that can weave a class anew, and comes once: the JVM keeps its result beneath theirs. Called on any
 * thread. A woven class is kept until it is loaded.
 */
@SuppressWarnings("ReferenceEquality") // identity is what is meant
final class CountedProgram implements ClassFileTransformer {
    private final ClassLoader loader = ClassLoader.getSystemClassLoader();
    private final Map<String, Replacement> replacements = new ConcurrentHashMap<>();
    private final Troubles troubles;

    private CountedProgram(Troubles troubles) {
        this.troubles = troubles;
    }

    private record Replacement(byte[] before, byte[] woven) {}

    static CountedProgram weave(RuleBook book, Instrumentation instrumentation, Troubles troubles) {
        CountedProgram program = new CountedProgram(troubles);
        ClassPath classPath = ClassPath.of(System.getProperty("java.class.path"));
        Map<String, byte[]> classes = classPath.program();
        program.removeLoaded(instrumentation, classes);
        classPath.damaged().forEach(troubles::tell);
        try {
            Woven woven = CountedWeaver.weave(classes, book.countedTypes(), outside(classPath));
            woven.troubles().forEach(troubles::tell);
            woven.classes().forEach((name, file) -> program.add(name, classes.get(name), file));
            if (woven.counted().isEmpty() && classPath.woven().isEmpty()) {
                troubles.tell(
                        "counted=on has nothing to count: no class on the class path carries @Counted, and no rule"
                                + " file names one with \"counted\".");
            }
        } catch (MisuseException e) {
            e.misuses().forEach(troubles::tell);
        } catch (RuntimeException e) {
            troubles.tell("The classes of the class path could not be woven and are left as they were: " + e + ".");
        }
        return program;
    }

    private void removeLoaded(Instrumentation instrumentation, Map<String, byte[]> classes) {
        Arrays.stream(instrumentation.getAllLoadedClasses())
                .filter(type -> type.getClassLoader() == loader)
                .forEach(type -> classes.remove(type.getName().replace('.', '/')));
    }

    private static Function<String, byte[]> outside(ClassPath classPath) {
        ClassFiles jdk = new ClassFiles(ClassLoader.getPlatformClassLoader());
        return name -> {
            byte[] file = classPath.apply(name);
            return file == null ? jdk.apply(name) : file;
        };
    }

    private void add(String name, byte[] before, byte[] woven) {
        if (!Arrays.equals(before, woven)) {
            replacements.put(name, new Replacement(before, woven));
        }
    }

    @Override
    public byte[] transform(
            ClassLoader definer, String name, Class<?> loaded, ProtectionDomain domain, byte[] classFile) {
        if (name == null || loaded != null || definer != loader) {
            return null;
        }
        Replacement replacement = replacements.remove(name);
        if (replacement == null) {
            return null;
        }
        if (!Arrays.equals(replacement.before, classFile)) {
            troubles.tell("The class " + name.replace('/', '.')
                    + " is not the one that was read from the class path: another agent has changed it; its references are"
                    + " not counted. Name heldby-agent.jar before other agents.");
            return null;
        }
        return replacement.woven;
    }
}
