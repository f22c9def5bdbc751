// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java source that a test compiles in memory, weaves, and runs in a class loader of its own. */
final class Source {
    private Source() {}

    /** The class files of a source file, by internal name. */
    static Map<String, byte[]> compile(String name, String source, String... options) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        List<String> all = new java.util.ArrayList<>(List.of("-g", "--release", "17", "-proc:none"));
        all.addAll(List.of(options));
        boolean compiled = compiler.getTask(
                        complaints,
                        new InMemory(compiler.getStandardFileManager(null, null, null), classes),
                        null,
                        all,
                        null,
                        List.of(new Text(name, source)))
                .call();
        if (!compiled) {
            throw new AssertionError(complaints + source);
        }
        Map<String, byte[]> files = new HashMap<>();
        classes.forEach((type, file) -> files.put(type, file.toByteArray()));
        return files;
    }

    /** A loader that has those classes, and else what the tests have. */
    static ClassLoader loader(Map<String, byte[]> classes) {
        return new ClassLoader(Source.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] file = classes.get(name.replace('.', '/'));
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, file, 0, file.length);
            }
        };
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String source;

        Text(String name, String source) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        InMemory(StandardJavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location,
                String name,
                JavaFileObject.Kind kind,
                javax.tools.FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("bytes:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream file = new ByteArrayOutputStream();
                    classes.put(name.replace('.', '/'), file);
                    return file;
                }
            };
        }
    }
}
