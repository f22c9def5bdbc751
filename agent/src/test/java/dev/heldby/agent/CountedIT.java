// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.watched.CountedBuffers;
import com.example.watched.Hello;
import com.example.watched.Meddler;
import dev.heldby.agent.Watched.Launch;
import dev.heldby.snapshot.Observation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Counted types that are woven as the program is loaded. */
class CountedIT {
    static final List<Integer> JDKS = Jdk.PROMISED;

    private static final String[] DESTROYED = {"made one", "closed one", "holds two", "closed two", "end"};
    private static final String[] LEFT = {"made one", "holds two", "end"};

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_destroy_what_nobody_holds_when_it_is_on(int jdk) throws Exception {
        Watched watched = Launch.onJdk(jdk).options("level=full,counted=on").run(CountedBuffers.class);

        assertThat(watched.err()).isEmpty();
        assertThat(watched.out().lines()).containsExactly(DESTROYED);
        assertThat(watched.findings()).isEmpty();
    }

    @Test
    void should_leave_the_program_as_it_is_when_it_is_off() throws Exception {
        Watched watched = Launch.onThisJdk().run(CountedBuffers.class);

        assertThat(watched.out().lines()).containsExactly(LEFT);
    }

    /** The class is woven twice, for two purposes: the destructor is the put that the rule expects. */
    @ParameterizedTest
    @FieldSource("JDKS")
    void should_follow_the_same_objects_by_a_rule(int jdk) throws Exception {
        Watched left =
                Launch.onJdk(jdk).options("level=full,rules=" + buffersRule()).run(CountedBuffers.class);
        Watched destroyed = Launch.onJdk(jdk)
                .options("level=full,counted=on,rules=" + buffersRule())
                .run(CountedBuffers.class);

        assertThat(left.out().lines()).containsExactly(LEFT);
        assertThat(left.findings()).extracting(Observation::rule).containsOnly("buffers");
        assertThat(left.findings().stream().mapToLong(Observation::count).sum()).isEqualTo(2);
        assertThat(destroyed.err()).isEmpty();
        assertThat(destroyed.out().lines()).containsExactly(DESTROYED);
        assertThat(destroyed.findings()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_still_count_after_a_rule_has_had_the_class_woven_anew(int jdk) throws Exception {
        Watched watched = Launch.onJdk(jdk)
                .options("level=full,mode=attach,counted=on,rules=" + buffersRule())
                .run(CountedBuffers.class, "level");

        assertThat(watched.err()).isEmpty();
        assertThat(watched.out().lines()).containsExactly(DESTROYED);
    }

    @Test
    void should_count_what_a_rule_names() throws Exception {
        Path rules = Files.writeString(
                folder.resolve("counted.rules"),
                "rule my\ncounted com.example.watched.CountedBuffers$Plain destructor free\n");

        Watched watched = Launch.onThisJdk()
                .options("level=full,counted=on,rules=" + rules)
                .run(CountedBuffers.class, "plain");

        assertThat(watched.out().lines()).containsSubsequence("made plain", "freed plain", "holds two", "closed two");
    }

    @Test
    void should_say_so_when_nothing_is_counted() throws Exception {
        Watched watched = Launch.onThisJdk()
                .options("level=full,counted=on")
                .onlyClassPath(List.of(jarOf("hello.jar", "Implementation-Title", "x", Hello.class)))
                .run(Hello.class);

        assertThat(watched.err().strip())
                .isEqualTo(
                        "HeldBy: counted=on has nothing to count: no class on the class path carries @Counted, and no"
                                + " rule file names one with \"counted\".");
        assertThat(watched.exitCode()).isZero();
    }

    @Test
    void should_find_what_the_manifest_of_a_jar_names() throws Exception {
        jarOf(
                "library.jar",
                "Implementation-Title",
                "x",
                CountedBuffers.class,
                CountedBuffers.Buffer.class,
                inner("Frame"));
        Path main = jarOf("main.jar", "Class-Path", "library.jar nothing.jar");

        Watched watched = Launch.onThisJdk()
                .options("level=full,counted=on")
                .onlyClassPath(List.of(main))
                .run(CountedBuffers.class);

        assertThat(watched.err()).isEmpty();
        assertThat(watched.out().lines()).containsExactly(DESTROYED);
    }

    @Test
    void should_pass_over_entries_that_are_not_there_and_tell_of_damaged_classes() throws Exception {
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.write(broken.resolve("Broken.class"), new byte[20]);

        Watched watched = Launch.onThisJdk()
                .options("level=full,counted=on")
                .classPath(List.of(folder.resolve("none"), broken))
                .run(CountedBuffers.class);

        assertThat(watched.err().lines())
                .singleElement()
                .asString()
                .startsWith("HeldBy: The class file 'Broken.class' in '" + broken + "' cannot be understood: ");
        assertThat(watched.out().lines()).containsExactly(DESTROYED);
    }

    @Test
    void should_leave_a_class_that_was_changed_before_and_say_so() throws Exception {
        Path meddler = jarOf("meddler.jar", "Premain-Class", Meddler.class.getName(), Meddler.class);

        Watched watched = Launch.onThisJdk()
                .by("env", "JAVA_TOOL_OPTIONS=-javaagent:" + meddler + "=com/example/watched/CountedBuffers")
                .options("level=full,counted=on")
                .run(CountedBuffers.class);

        assertThat(watched.err())
                .contains("HeldBy: The class com.example.watched.CountedBuffers is not the one that was read from the"
                        + " class path: another agent has changed it; its references are not counted.");
        assertThat(watched.out().lines()).containsExactly(LEFT);
    }

    @Test
    void should_refuse_what_is_neither_on_nor_off() throws Exception {
        Watched watched =
                Launch.onThisJdk().options("counted=maybe").withoutSnapshot().run(Hello.class);

        assertThat(watched.err().strip())
                .isEqualTo("HeldBy is not installed: The agent option \"counted=maybe\" is neither on nor off.");
    }

    private Path buffersRule() throws IOException {
        return Files.writeString(folder.resolve("buffers.rules"), """
                rule buffers
                type com.example.watched.CountedBuffers$Buffer closeable
                  born <init>
                  put close()
                """);
    }

    private static Class<?> inner(String name) throws ClassNotFoundException {
        return Class.forName(CountedBuffers.class.getName() + "$" + name);
    }

    private Path jarOf(String name, String attribute, String value, Class<?>... classes) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue(attribute, value);
        Path jar = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Class<?> type : classes) {
                String entry = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new ZipEntry(entry));
                out.write(Files.readAllBytes(Path.of("target", "test-classes", entry)));
            }
        }
        return jar;
    }
}
