// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** Java source that a test compiles, and jars that it makes of the classes. */
final class Compiled {
    /** When every file of a jar that a test makes was written. */
    static final FileTime TIME = FileTime.fromMillis(1_600_000_000_000L);

    private static final Pattern PUBLIC = Pattern.compile("public class (\\w+)");

    private Compiled() {}

    /** The folder with the classes of a source file, compiled against other folders. */
    static Path classes(Path folder, String source, Path... classPath) throws IOException {
        Matcher name = PUBLIC.matcher(source);
        String fileName = name.find() ? name.group(1) + ".java" : "Source.java";
        Path file = Files.writeString(Files.createDirectories(folder).resolve(fileName), source);
        String path = System.getProperty("java.class.path");
        for (Path entry : classPath) {
            path += java.io.File.pathSeparator + entry;
        }
        String[] options = {"-g", "-proc:none", "-nowarn", "-cp", path, "-d", folder.toString(), file.toString()};
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, options))
                .isZero();
        Files.delete(file);
        return folder;
    }

    static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile).sorted()::iterator) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    static Path jar(Path jar, Map<String, byte[]> files) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> content : files.entrySet()) {
                ZipEntry entry = new ZipEntry(content.getKey());
                entry.setLastModifiedTime(TIME);
                zip.putNextEntry(entry);
                zip.write(content.getValue());
            }
        }
        return jar;
    }

    static Map<String, byte[]> filesOfJar(Path jar) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (JarFile opened = new JarFile(jar.toFile())) {
            for (ZipEntry entry : java.util.Collections.list(opened.entries())) {
                files.put(entry.getName(), opened.getInputStream(entry).readAllBytes());
                assertThat(entry.getLastModifiedTime()).isEqualTo(TIME);
            }
        }
        return files;
    }

    /** The lines that the main class Program prints. */
    static List<String> run(Path... classPath) throws Exception {
        URL[] urls = new URL[classPath.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath[i].toUri().toURL();
        }
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(urls, Compiled.class.getClassLoader())) {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            loader.loadClass("Program").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
