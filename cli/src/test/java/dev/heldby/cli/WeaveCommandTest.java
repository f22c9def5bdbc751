// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static dev.heldby.cli.Typed.heldby;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeaveCommandTest {
    private static final String PROGRAM = """
            import dev.heldby.counted.Counted;
            public class Program {
                public static void main(String[] args) {
                    { Buffer buffer = new Buffer(); System.out.println("open"); }
                    System.out.println("end");
                }
            }
            @Counted class Buffer implements AutoCloseable {
                @Override public void close() { System.out.println("closed"); }
            }
            class Bystander { int number; }
            """;

    @TempDir
    Path folder;

    private Path classes;
    private Path out;

    @BeforeEach
    void compile() throws Exception {
        classes = Compiled.classes(folder.resolve("classes"), PROGRAM);
        out = folder.resolve("out");
    }

    @Test
    void should_weave_a_folder_and_copy_all_else() throws Exception {
        Files.writeString(Files.createDirectories(classes.resolve("res")).resolve("a.txt"), "text");

        Typed typed = weave(classes, out);

        assertThat(typed)
                .isEqualTo(new Typed(
                        0,
                        "wrote '" + out + "': 2 of 3 classes changed to count references to Buffer;"
                                + " the program needs heldby-core on its class path when it runs."
                                + System.lineSeparator()
                                + "Copies of references that are counted: 1 of 1; the others are handed the reference,"
                                + " or leave it to what outlives them."
                                + System.lineSeparator(),
                        ""));
        assertThat(Compiled.run(classes)).containsExactly("open", "end");
        assertThat(Compiled.run(out)).containsExactly("open", "closed", "end");
        assertThat(Compiled.files(out)).containsOnlyKeys(Compiled.files(classes).keySet());
        assertThat(out.resolve("res/a.txt")).hasSameBinaryContentAs(classes.resolve("res/a.txt"));
        assertThat(out.resolve("Bystander.class")).hasSameBinaryContentAs(classes.resolve("Bystander.class"));
        assertThat(Files.getLastModifiedTime(out.resolve("res/a.txt")))
                .isEqualTo(Files.getLastModifiedTime(classes.resolve("res/a.txt")));
    }

    @Test
    void should_keep_the_order_and_the_times_of_a_jar_but_no_signature() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nMain-Class: Program\r\n\r\n".getBytes());
        files.put("META-INF/ACME.SF", "signed".getBytes());
        files.put("META-INF/ACME.RSA", "signed".getBytes());
        files.put("z.txt", "last letter first".getBytes());
        files.putAll(Compiled.files(classes));
        Path jar = Compiled.jar(folder.resolve("in.jar"), files);
        Path woven = folder.resolve("made/woven.jar");

        Typed typed = weave(jar, woven);

        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out())
                .contains("Left out: META-INF/ACME.SF, META-INF/ACME.RSA, the signatures of what has changed;");
        files.keySet().removeIf(name -> name.startsWith("META-INF/ACME"));
        Map<String, byte[]> written = Compiled.filesOfJar(woven);
        assertThat(written.keySet()).containsExactlyElementsOf(files.keySet());
        assertThat(written.get("META-INF/MANIFEST.MF")).isEqualTo(files.get("META-INF/MANIFEST.MF"));
        assertThat(written.get("z.txt")).isEqualTo(files.get("z.txt"));
        assertThat(Compiled.run(woven)).containsExactly("open", "closed", "end");
        assertThat(woven.resolveSibling("woven.jar.part")).doesNotExist();
    }

    @Test
    void should_join_several_inputs_and_prefer_the_first() throws Exception {
        Path more = Compiled.classes(folder.resolve("more"), "class Other { static Object last; }");
        Files.writeString(classes.resolve("a.txt"), "first");
        Files.writeString(more.resolve("a.txt"), "second");

        Typed typed = heldby("weave", classes.toString(), more.toString(), "-o", out.toString());

        assertThat(typed.out())
                .contains("3 of 4 classes changed", "Left out: a.txt, of which an input before has another;");
        assertThat(out.resolve("a.txt")).hasContent("first");
        assertThat(Compiled.run(out)).containsExactly("open", "closed", "end");
    }

    @Test
    void should_count_what_a_rule_names() throws Exception {
        Path library = Compiled.classes(
                folder.resolve("library"),
                "package lib; public class Handle { public void free() { System.out.println(\"freed\"); } }");
        Path program = Compiled.classes(
                folder.resolve("program"),
                "public class Program { public static void main(String[] a) { { Object h = new lib.Handle(); }"
                        + " System.out.println(\"end\"); } }",
                library);
        Path rules = Files.writeString(folder.resolve("my.rules"), "rule my\ncounted lib.Handle destructor free\n");

        Typed typed = heldby(
                "weave",
                program.toString(),
                library.toString(),
                "--rules",
                rules.toString(),
                "--output",
                out.toString());

        assertThat(typed.out()).contains("2 of 2 classes changed to count references to lib.Handle;");
        assertThat(Compiled.run(out)).containsExactly("freed", "end");
    }

    @Test
    void should_know_the_classes_of_the_class_path_and_leave_them() throws Exception {
        Path library = Compiled.classes(
                folder.resolve("library"),
                "package lib; public class Base { public Object kept; public void keep(Object o) { kept = o; } }");
        Path program = Compiled.classes(folder.resolve("program"), """
                        import dev.heldby.counted.*;
                        public class Program extends lib.Base {
                            @Counted public static class A { public void close() { System.out.println("closed"); } }
                            public static void main(String[] args) {
                                Program program = new Program();
                                program.keep(new A());
                                System.out.println(CountedTypes.isDestroyed(program.kept));
                            }
                        }
                        """, library);

        Typed typed = heldby("weave", program.toString(), "--classpath", library.toString(), "-o", out.toString());

        assertThat(typed.exitCode()).isZero();
        assertThat(out.resolve("lib")).doesNotExist();
        assertThat(Compiled.run(out, library)).containsExactly("false");
    }

    @Test
    void should_leave_classes_of_which_there_are_several_versions() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n".getBytes());
        files.putAll(Compiled.files(classes));
        files.put("META-INF/versions/17/Program.class", files.get("Program.class"));
        Path jar = Compiled.jar(folder.resolve("in.jar"), files);
        Path woven = folder.resolve("woven.jar");

        Typed typed = weave(jar, woven);

        assertThat(typed.out())
                .contains("1 of 2 classes changed", "Left as they were: 1 classes of which a jar has other versions");
        Map<String, byte[]> written = Compiled.filesOfJar(woven);
        assertThat(written.get("Program.class")).isEqualTo(files.get("Program.class"));
        assertThat(written.get("META-INF/versions/17/Program.class")).isEqualTo(files.get("Program.class"));
        assertThat(Compiled.run(woven)).containsExactly("open", "end");
    }

    @Test
    void should_fail_when_a_class_could_not_be_woven_and_say_why() throws Exception {
        Path big = Compiled.classes(
                folder.resolve("big"),
                "class Big { static void all() { Buffer b; " + "b = new Buffer(); ".repeat(4000) + " } }",
                classes);

        Typed typed = heldby("weave", classes.toString(), big.toString(), "-o", out.toString());

        assertThat(typed.exitCode()).isEqualTo(3);
        assertThat(typed.err())
                .startsWith("heldby: The class Big could not be woven and is left as it was: ")
                .hasLineCount(1);
        assertThat(out.resolve("Big.class")).hasSameBinaryContentAs(big.resolve("Big.class"));
        assertThat(Compiled.run(out)).containsExactly("open", "closed", "end");
    }

    @Test
    void should_refuse_what_cannot_be_right_and_write_nothing() throws Exception {
        Path none = folder.resolve("none");
        Path text = Files.writeString(folder.resolve("a.txt"), "text");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path plain = Compiled.classes(folder.resolve("plain"), "class A {}");
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.write(broken.resolve("A.class"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        String hint = "; name a folder with class files or a jar.";

        refused("'" + none + "' cannot be read: no such file or folder" + hint, none, out);
        assertThat(weave(text, out).err())
                .startsWith("heldby: '" + text + "' cannot be read: ")
                .contains(hint);
        refused(
                "there is no class file to weave in '" + empty + "'; name folders that the compiler wrote to, or jars.",
                empty,
                out);
        refused(
                "none of the 1 classes in '" + plain
                        + "' is a counted type; mark one with @Counted, or name one in a file for --rules.",
                plain,
                out);
        assertThat(weave(broken, out).err())
                .startsWith("heldby: The class file 'A.class' in '" + broken + "' cannot be understood: ")
                .hasLineCount(1);
        assertThat(out).doesNotExist();
    }

    @Test
    void should_say_where_an_annotation_makes_no_sense() throws Exception {
        Path wrong = Compiled.classes(folder.resolve("wrong"), "@dev.heldby.counted.Counted class A {}");

        refused(
                "The counted type A has no method close(); declare its destructor, or name another with"
                        + " @Counted(destructor = \"...\").",
                wrong,
                out);
        assertThat(out).doesNotExist();
    }

    @Test
    void should_not_overwrite_what_it_reads() throws Exception {
        for (Path place : List.of(classes, classes.resolve("woven"), folder)) {
            refused(
                    "the output '" + place + "' would overwrite the input '" + classes
                            + "' or lie within it; name another place with -o.",
                    classes,
                    place);
        }
        Path file = Files.writeString(folder.resolve("file"), "");
        refused("the output '" + file + "' is a file; name a folder, or a jar with '.jar' at the end.", classes, file);
        Path dir = Files.createDirectory(folder.resolve("dir.jar"));
        refused("the output '" + dir + "' is a folder; only a file can be a jar.", classes, dir);
    }

    @Test
    void should_not_weave_twice() throws Exception {
        weave(classes, out);
        Path again = folder.resolve("again");

        Typed typed = weave(out, again);

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err())
                .contains(" is woven already; weave what the compiler wrote, into another folder or jar.")
                .hasLineCount(1);
        assertThat(again).doesNotExist();
    }

    @Test
    void should_refuse_a_rule_file_or_class_path_that_cannot_be_read() {
        Path none = folder.resolve("none");

        Typed rules = heldby("weave", classes.toString(), "-o", out.toString(), "--rules", none.toString());
        Typed path = heldby("weave", classes.toString(), "-o", out.toString(), "--classpath", none.toString());

        assertThat(rules.err()).contains("The rule file \"" + none + "\" cannot be read: it does not exist.");
        assertThat(path.err())
                .contains("'" + none + "' of the --classpath cannot be read: no such file or folder; name folders");
        assertThat(List.of(rules.exitCode(), path.exitCode())).containsOnly(2);
    }

    private static Typed weave(Path input, Path output) {
        return heldby("weave", input.toString(), "-o", output.toString());
    }

    private static void refused(String sentence, Path input, Path output) {
        assertThat(weave(input, output)).isEqualTo(new Typed(2, "", "heldby: " + sentence + System.lineSeparator()));
    }
}
