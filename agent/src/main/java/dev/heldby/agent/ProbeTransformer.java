// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import dev.heldby.recording.Recorder;
import dev.heldby.weave.EscapeWeaver;
import dev.heldby.weave.Gate;
import dev.heldby.weave.Weaver;
import dev.heldby.weave.WovenClass;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;

/**
 * Weaves classes as the JVM loads or retransforms them.
 *
 * <p>Called on any thread. Whatever fails, the class is left as it was, and that is told once.
 */
final class ProbeTransformer implements ClassFileTransformer {
    private final Weaver weaver;
    private final Recorder recorder;
    private final Troubles troubles;
    private final LostBirths lost;

    /** Which classes got the field when they were loaded, by loader; a key stands for the bootstrap loader. */
    private final Map<Object, Set<String>> withField = new WeakHashMap<>();

    private final Map<String, List<String>> probes = Collections.synchronizedMap(new TreeMap<>());

    ProbeTransformer(Weaver weaver, Recorder recorder, Troubles troubles, LostBirths lost) {
        this.weaver = weaver;
        this.recorder = recorder;
        this.troubles = troubles;
        this.lost = lost;
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] classFile) {
        if (name == null || loader == null && name.startsWith("dev/heldby/")) {
            return null;
        }
        byte[][] woven = new byte[1][];
        recorder.unrecorded(() -> {
            woven[0] = weave(loader, name, loaded == null, classFile);
            Set<String> methods = lost.methods(name);
            if (!methods.isEmpty()) {
                woven[0] = withEscapes(name, woven[0] == null ? classFile : woven[0], methods);
            }
        });
        return woven[0];
    }

    private byte[] withEscapes(String name, byte[] classFile, Set<String> methods) {
        try {
            return EscapeWeaver.weave(classFile, methods, Gate.NAME);
        } catch (RuntimeException | LinkageError e) {
            troubles.tell("The class " + name.replace('/', '.')
                    + " could not be woven to report the exceptions that leave its methods: " + e + ".");
            return classFile;
        }
    }

    private byte[] weave(ClassLoader loader, String name, boolean isNew, byte[] classFile) {
        try {
            if (!weaver.mightWeave(name, classFile)) {
                return null;
            }
            WovenClass woven = weaver.weave(name, classFile, isNew || hasField(loader, name))
                    .orElse(null);
            if (woven == null) {
                probes.remove(name);
                return null;
            }
            if (isNew && woven.hasField()) {
                rememberField(loader, name);
            }
            probes.put(name, woven.probes());
            woven.troubles().forEach(troubles::tell);
            return woven.bytes();
        } catch (RuntimeException | LinkageError e) {
            troubles.tell(
                    "The class " + name.replace('/', '.') + " could not be woven and is left as it was: " + e + ".");
            return null;
        }
    }

    private boolean hasField(ClassLoader loader, String name) {
        synchronized (withField) {
            return withField.getOrDefault(key(loader), Set.of()).contains(name);
        }
    }

    private void rememberField(ClassLoader loader, String name) {
        synchronized (withField) {
            withField.computeIfAbsent(key(loader), k -> new HashSet<>()).add(name);
        }
    }

    private static Object key(ClassLoader loader) {
        return loader == null ? ProbeTransformer.class : loader;
    }

    /** One line for each probe that is in place: the method, the operation, the rule file and its line. */
    List<String> probes() {
        synchronized (probes) {
            return probes.values().stream().flatMap(List::stream).toList();
        }
    }
}
