// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
    private static final Map<String, byte[]> A = Source.compile("A", "public class A { Object held; }");

    @TempDir
    Path folder;

    @Test
    void should_read_folders_and_jars_and_prefer_the_first() throws Exception {
        byte[] other = Source.compile("A", "public class A { int number; }").get("A");
        Files.write(Files.createDirectories(folder.resolve("classes")).resolve("A.class"), A.get("A"));
        Path jar = jar(Map.of("A.class", other, "sub/B.class", compiled("sub.B"), "text", new byte[1]));

        ClassPath path = new ClassPath();
        path.add(folder.resolve("classes"));
        path.add(jar);

        assertThat(path.program()).containsOnlyKeys("A", "sub/B");
        assertThat(path.apply("A")).isEqualTo(A.get("A"));
        assertThat(path.apply("C")).isNull();
    }

    @Test
    void should_not_weave_what_another_version_may_stand_for() throws Exception {
        ClassPath path = new ClassPath();
        path.add(jar(Map.of(
                "A.class",
                A.get("A"),
                "sub/B.class",
                compiled("sub.B"),
                "META-INF/versions/11/A.class",
                A.get("A"),
                "META-INF/versions/21/C.class",
                A.get("A"))));

        assertThat(path.program()).containsOnlyKeys("sub/B");
        assertThat(path.versioned()).containsExactly("A");
        assertThat(path.apply("A")).isNotNull();
    }

    @Test
    void should_not_weave_what_is_woven_already() throws Exception {
        Map<String, byte[]> woven = CountedWeaver.weave(Source.compile("W", """
                @dev.heldby.counted.Counted public class W { public void close() {} }
                class User { static void use() { W w = new W(); } }
                class Bystander { int number; String asked(Object o) { return "" + dev.heldby.counted.CountedTypes.references(o); } }
                """));
        Path classes = Files.createDirectories(folder.resolve("woven"));
        for (Map.Entry<String, byte[]> file : woven.entrySet()) {
            Files.write(classes.resolve(file.getKey() + ".class"), file.getValue());
        }

        ClassPath path = new ClassPath();
        path.add(classes);

        assertThat(path.woven()).contains("W", "User");
        assertThat(path.program()).doesNotContainKeys("W", "User");
    }

    @Test
    void should_tell_of_damaged_class_files_and_go_on() throws Exception {
        byte[] cut = java.util.Arrays.copyOf(A.get("A"), 60);
        Path jar = jar(Map.of("Cut.class", cut, "sub/B.class", compiled("sub.B"), "module-info.class", new byte[3]));

        ClassPath path = new ClassPath();
        path.add(jar);

        assertThat(path.program()).containsOnlyKeys("sub/B");
        assertThat(path.damaged())
                .singleElement()
                .asString()
                .startsWith("The class file 'Cut.class' in '" + jar + "' cannot be understood: ");
    }

    @Test
    void should_refuse_what_is_neither_a_folder_nor_a_jar() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "no jar");

        assertThatThrownBy(() -> new ClassPath().add(text)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new ClassPath().add(folder.resolve("none"))).isInstanceOf(IOException.class);
    }

    private static byte[] compiled(String name) {
        String simple = name.substring(name.lastIndexOf('.') + 1);
        return Source.compile(name, "package sub; public class " + simple + " {}")
                .get(name.replace('.', '/'));
    }

    private Path jar(Map<String, byte[]> entries) throws IOException {
        Path jar = folder.resolve("a.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return jar;
    }
}
