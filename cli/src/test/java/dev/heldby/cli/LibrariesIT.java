// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.complaint.Complaints;
import dev.heldby.weave.counted.ClassFiles;
import dev.heldby.weave.counted.ClassPath;
import dev.heldby.weave.counted.CountedWeaver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Libraries with one of their classes as a counted type: all that is woven is valid, and does what it did before. */
class LibrariesIT {
    private static final Path JARS = Path.of("target", "libraries");
    private static final ClassFiles JDK = new ClassFiles(ClassLoader.getPlatformClassLoader());

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void should_change_no_class_when_none_is_counted(Library library) throws Exception {
        ClassPath classes = classes(library);
        Map<String, byte[]> program = classes.program();

        Map<String, byte[]> woven =
                CountedWeaver.weave(program, Map.of(), outside(classes)).classes();

        assertThat(woven).hasSameSizeAs(program);
        woven.forEach((name, file) -> assertThat(file).as(name).isSameAs(program.get(name)));
    }

    @ParameterizedTest
    @EnumSource
    void should_still_be_valid_and_do_the_same_when_one_is_counted(Library library) throws Exception {
        ClassPath classes = classes(library);
        Map<String, byte[]> plain = new HashMap<>(classes.program());
        classes.versioned().forEach(name -> plain.put(name, classes.apply(name)));
        Map<String, byte[]> woven = new HashMap<>(plain);
        woven.putAll(CountedWeaver.weave(
                        classes.program(), Map.of(library.counted(), library.destructor()), outside(classes))
                .classes());

        assertThat(woven.entrySet().stream()
                        .filter(file -> file.getValue() != plain.get(file.getKey()))
                        .count())
                .isGreaterThan(10);
        ClassesOf before = new ClassesOf(plain, jars(library));
        ClassesOf after = new ClassesOf(woven, jars(library));
        assertThat(invalid(woven.keySet(), before, after)).isEmpty();
        List<String> complaints = new ArrayList<>();
        Runnable end = Complaints.ofProcess().listen(complaint -> complaints.add(complaint.text()));
        assertThat(after.said()).isNotEmpty().isEqualTo(before.said());
        end.run();
        assertThat(complaints).isEmpty();
    }

    /** What is wrong with the classes that can be linked as they were before. */
    private static Map<String, String> invalid(Set<String> names, ClassesOf before, ClassesOf after) {
        Map<String, String> invalid = new TreeMap<>();
        for (String name : names) {
            LinkageError error = after.link(name);
            if (error != null && !isOfAClassThatIsMissing(error, names) && before.link(name) == null) {
                invalid.put(name, error.toString().lines().findFirst().orElse(""));
            }
        }
        return invalid;
    }

    /** The JVM looks at more classes to verify more code, also at those that the library only uses where they are there. */
    private static boolean isOfAClassThatIsMissing(LinkageError error, Set<String> names) {
        return error instanceof NoClassDefFoundError && !names.contains(error.getMessage());
    }

    private static List<Path> jars(Library library) throws IOException {
        try (Stream<Path> all = Files.list(JARS)) {
            return all.filter(jar -> library.has(jar.getFileName().toString())).toList();
        }
    }

    private ClassPath classes(Library library) throws IOException {
        List<Path> jars = jars(library);
        assertThat(jars).isNotEmpty();
        ClassPath classes = new ClassPath();
        classes.add(Compiled.classes(folder, library.workload(), jars.toArray(Path[]::new)));
        for (Path jar : jars) {
            classes.add(jar);
        }
        return classes;
    }

    private static Function<String, byte[]> outside(ClassPath classes) {
        return name -> {
            byte[] file = classes.apply(name);
            return file == null ? JDK.apply(name) : file;
        };
    }
}
