// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;

/** A loader of class files in memory, which sees beside them the JDK and the library of counted types. */
final class ClassesOf extends ClassLoader {
    /** The tests' own class path may have libraries of the same names. */
    private static final ClassLoader COUNTED = new ClassLoader(ClassLoader.getPlatformClassLoader()) {
        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("dev.heldby.")) {
                return ClassesOf.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    };

    private final Map<String, byte[]> classes;
    private final URLClassLoader resources;

    /** @param jars where all but classes is found */
    ClassesOf(Map<String, byte[]> classes, List<Path> jars) {
        super(COUNTED);
        this.classes = classes;
        resources = new URLClassLoader(jars.stream().map(ClassesOf::url).toArray(URL[]::new), null);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected URL findResource(String name) {
        return resources.findResource(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        return resources.findResources(name);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] file = classes.get(name.replace('.', '/'));
        if (file == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, file, 0, file.length);
    }

    /** Has the JVM verify the class of that internal name; null if it found no fault. */
    LinkageError link(String name) {
        try {
            Class.forName(name.replace('/', '.'), false, this).getDeclaredMethods();
            return null;
        } catch (LinkageError e) {
            return e;
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** What the main class Workload prints. */
    List<String> said() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Thread.currentThread().setContextClassLoader(this);
        try {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            loadClass("Workload").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
            Thread.currentThread().setContextClassLoader(ClassesOf.class.getClassLoader());
        }
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
