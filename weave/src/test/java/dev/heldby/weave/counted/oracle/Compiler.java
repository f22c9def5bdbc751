// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import dev.heldby.counted.Counted;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** javac in memory, with the table of local variables. One call compiles many programs; for one thread. */
final class Compiler implements AutoCloseable {
    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
    private static final String CLASS_PATH = Stream.of(T.class, Counted.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
            .map(location -> new File(URI.create(location.toString())).toString())
            .collect(Collectors.joining(File.pathSeparator));
    private static final List<String> OPTIONS = List.of(
            "-g", "--release", "17", "-proc:none", "-Xlint:none", "-nowarn", "-implicit:none", "-cp", CLASS_PATH);

    private final StandardJavaFileManager files = JAVAC.getStandardFileManager(null, null, null);

    @Override
    public void close() throws IOException {
        files.close();
    }

    Compiled compile(Program program) {
        return compile(List.of(program)).get(0);
    }

    /** @throws IllegalArgumentException with javac's words, if a program has an error */
    List<Compiled> compile(List<Program> programs) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Output output = new Output(files);
        JavacTask task = task(output, diagnostics, programs);
        List<Compiled> compiled = new ArrayList<>();
        try {
            Iterable<? extends CompilationUnitTree> units = task.parse();
            task.analyze();
            refuse(diagnostics);
            int next = 0;
            for (CompilationUnitTree unit : units) {
                Interpreter interpreter =
                        Translator.translate(unit, Trees.instance(task), task.getTypes(), task.getElements());
                Program program = programs.get(next++);
                compiled.add(new Compiled(program, output.of(program), interpreter));
            }
            task.generate();
            refuse(diagnostics);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compiled;
    }

    private static JavacTask task(
            JavaFileManager files, DiagnosticCollector<JavaFileObject> diagnostics, List<Program> programs) {
        List<Input> sources = programs.stream().map(Input::new).toList();
        return (JavacTask) JAVAC.getTask(null, files, diagnostics, OPTIONS, null, sources);
    }

    /** Hands over the tree as it is parsed, and where its parts are in the source. */
    void parse(Program program, BiConsumer<CompilationUnitTree, SourcePositions> reader) {
        JavacTask task = task(files, new DiagnosticCollector<>(), List.of(program));
        try {
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            task.parse().forEach(unit -> reader.accept(unit, positions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuse(DiagnosticCollector<JavaFileObject> diagnostics) {
        diagnostics.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .findFirst()
                .ifPresent(each -> {
                    throw new IllegalArgumentException(each.toString());
                });
    }

    private static final class Input extends SimpleJavaFileObject {
        private final Program program;

        Input(Program program) {
            super(URI.create("string:///" + program.name() + "/Main.java"), Kind.SOURCE);
            this.program = program;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return program.source();
        }
    }

    /** Class files by the package of their program. */
    private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, Map<String, byte[]>> programs = new TreeMap<>();

        Output(JavaFileManager files) {
            super(files);
        }

        Map<String, byte[]> of(Program program) {
            return programs.computeIfAbsent(program.name(), key -> new TreeMap<>());
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            String internal = name.replace('.', '/');
            return new SimpleJavaFileObject(URI.create("memory:///" + internal), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            programs.computeIfAbsent(
                                            internal.substring(0, internal.indexOf('/')), key -> new TreeMap<>())
                                    .put(internal, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
