// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.Level;
import dev.heldby.recording.Probes;
import dev.heldby.recording.Recorder;
import dev.heldby.weave.rules.Rule;
import dev.heldby.weave.rules.RuleBook;
import dev.heldby.weave.rules.RuleFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

/** A weaver with some rules, and a loader that weaves what it loads and verifies it twice: by ASM and by the JVM. */
final class Weaving {
    static final String PROBES = "dev/heldby/recording/Probes";
    static final String LOG = "dev/heldby/weave/ProbeLog";

    final Weaver weaver;
    final List<String> probes = new ArrayList<>();
    final List<String> troubles = new ArrayList<>();

    private Weaving(List<Rule> rules, String gate, Level level) {
        this(rules, gate, level, new Recorder(), false);
    }

    private Weaving(List<Rule> rules, String gate, Level level, Recorder recorder, boolean lapses) {
        RuleBook book = new RuleBook(rules);
        weaver = new Weaver(book, new Kinds(book, recorder, name -> level), gate, lapses);
    }

    static Weaving by(String rules, String gate, Level level) throws Exception {
        return new Weaving(read(rules), gate, level);
    }

    /** One whose code reports to the recorder of the process, also of what is used through variables that gave their reference back. */
    static Weaving ofLapses(String rules) throws Exception {
        return new Weaving(read(rules), PROBES, Level.FULL, Probes.recorder(), true);
    }

    private static List<Rule> read(String rules) throws Exception {
        Path file = Files.createTempFile("test", ".rules");
        try {
            Files.writeString(file, rules);
            return RuleFiles.read(file);
        } finally {
            Files.delete(file);
        }
    }

    static Weaving by(String rules) throws Exception {
        return by(rules, LOG, Level.FULL);
    }

    static Weaving byBuiltIn(String gate) {
        return new Weaving(RuleFiles.builtIn(), gate, Level.FULL);
    }

    static byte[] bytes(Class<?> type) {
        return bytes(type.getName(), type.getClassLoader());
    }

    static byte[] bytes(String type, ClassLoader loader) {
        try (InputStream in = loader.getResourceAsStream(type.replace('.', '/') + ".class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Optional<WovenClass> weave(byte[] classFile, boolean field) {
        Optional<WovenClass> woven = weaver.weave(new ClassReader(classFile).getClassName(), classFile, field);
        woven.ifPresent(with -> {
            probes.addAll(with.probes());
            troubles.addAll(with.troubles());
        });
        return woven;
    }

    /** What ASM has against the class, empty if nothing. */
    static String complaints(byte[] classFile, ClassLoader loader) {
        StringWriter complaints = new StringWriter();
        CheckClassAdapter.verify(new ClassReader(classFile), loader, false, new PrintWriter(complaints));
        return complaints.toString();
    }

    /** A loader that weaves these classes, and those of a package prefix, before its parent is asked. */
    final class Loader extends ClassLoader {
        private final String prefix;
        private final boolean field;
        private final Map<String, byte[]> generated = new HashMap<>();

        Loader(String prefix, boolean field) {
            super(Weaving.class.getClassLoader());
            this.prefix = prefix;
            this.field = field;
        }

        Loader with(byte[] classFile) {
            generated.put(new ClassReader(classFile).getClassName().replace('/', '.'), classFile);
            return this;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith(prefix) && !generated.containsKey(name) || findLoadedClass(name) != null) {
                    return super.loadClass(name, resolve);
                }
                byte[] plain = generated.containsKey(name) ? generated.get(name) : bytes(name, getParent());
                byte[] woven = weave(plain, field).map(WovenClass::bytes).orElse(plain);
                String complaints = woven == plain ? "" : complaints(woven, getParent());
                if (!complaints.isEmpty()) {
                    throw new AssertionError(complaints);
                }
                return defineClass(name, woven, 0, woven.length);
            }
        }
    }
}
