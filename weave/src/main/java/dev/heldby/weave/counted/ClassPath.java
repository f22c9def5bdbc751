// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The class files of folders and jars, by internal name, read once. Of two of one name the first counts, as for the JVM.
 *
 * <p>Not safe for threads while it is filled, and for any thread afterwards.
 */
public final class ClassPath implements Function<String, byte[]> {
    private static final String VERSIONS = "META-INF/versions/";

    private final Map<String, byte[]> classes = new HashMap<>();
    private final Set<String> versioned = new HashSet<>();
    private final Set<String> woven = new HashSet<>();
    private final List<String> damaged = new ArrayList<>();

    /**
     * What a JVM would find on that class path: what the manifests of jars name is read as well, and what is not there, or is no
     * jar, is passed over.
     */
    public static ClassPath of(String path) {
        ClassPath classes = new ClassPath();
        Set<Path> seen = new HashSet<>();
        Deque<Path> roots = new ArrayDeque<>();
        for (String entry : path.split(File.pathSeparator)) {
            roots.add(Path.of(entry).toAbsolutePath());
        }
        while (!roots.isEmpty()) {
            Path root = roots.pop();
            if (seen.add(root)) {
                classes.addIfPossible(root, roots);
            }
        }
        return classes;
    }

    private void addIfPossible(Path root, Deque<Path> roots) {
        try {
            add(root);
            ManifestPath.of(root).descendingIterator().forEachRemaining(roots::push);
        } catch (IOException e) {
            return; // The JVM passes over it as well.
        }
    }

    /**
     * Adds what is below a folder, or in a jar.
     *
     * @throws IOException if it is neither a folder nor a jar, or cannot be read
     */
    public void add(Path root) throws IOException {
        if (Files.isDirectory(root)) {
            addFolder(root);
        } else {
            addJar(root);
        }
    }

    private void addFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (name.endsWith(".class")) {
                    add(name, Files.readAllBytes(file), folder);
                }
            }
        }
    }

    private void addJar(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().endsWith(".class")) {
                    try (InputStream file = zip.getInputStream(entry)) {
                        add(entry.getName(), file.readAllBytes(), jar);
                    }
                }
            }
        }
    }

    private void add(String path, byte[] bytes, Path root) {
        if (path.endsWith("module-info.class")) {
            return;
        }
        if (path.startsWith(VERSIONS)) {
            int number = path.indexOf('/', VERSIONS.length());
            versioned.add(path.substring(number + 1, path.length() - ".class".length()));
            return;
        }
        try {
            ClassFile file = ClassFile.of(bytes);
            if (classes.putIfAbsent(file.name(), bytes) == null && file.isWoven()) {
                woven.add(file.name());
            }
        } catch (RuntimeException e) {
            damaged.add("The class file '" + path + "' in '" + root + "' cannot be understood: " + e + ".");
        }
    }

    /** The class file, or null if there is none. */
    @Override
    public byte[] apply(String name) {
        return classes.get(name);
    }

    /** All that can be woven: not HeldBy's own, and neither {@link #versioned} nor {@link #woven}. */
    public Map<String, byte[]> program() {
        Map<String, byte[]> program = new TreeMap<>(classes);
        program.keySet().removeIf(name -> name.startsWith("dev/heldby/"));
        program.keySet().removeAll(versioned);
        program.keySet().removeAll(woven);
        return program;
    }

    /** The classes of which a jar has other versions for newer JVMs: which of them is loaded depends on the JVM. */
    public Set<String> versioned() {
        Set<String> here = new HashSet<>(versioned);
        here.retainAll(classes.keySet());
        return here;
    }

    /** The classes that are woven already. */
    public Set<String> woven() {
        return Set.copyOf(woven);
    }

    /** One sentence for each file that is no class file, whatever its name says, or is one of a later Java. */
    public List<String> damaged() {
        return List.copyOf(damaged);
    }
}
