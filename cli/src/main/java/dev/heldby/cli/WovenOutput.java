// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;

/**
 * Copies folders and jars, and puts the woven classes in place of those that they were made of. All else keeps its bytes, its
 * order and its time; the signatures of jars are left out, since they would no longer fit.
 */
final class WovenOutput {
    /** By the class file before. */
    private final Map<Content, byte[]> woven = new HashMap<>();

    /** The content that was written under each name. */
    private final Map<String, Integer> written = new HashMap<>();

    private final List<String> signatures = new ArrayList<>();
    private final List<String> repeated = new ArrayList<>();
    private int changed;

    WovenOutput(WeaveInput input, Map<String, byte[]> classes) {
        input.program().forEach((name, before) -> woven.put(new Content(before), classes.get(name)));
    }

    void write(List<Path> inputs, Path output) throws Failure {
        try {
            OutputFiles.write(output, target -> {
                for (Path input : inputs) {
                    Entries.of(input, (entry, content) -> copy(entry, content, target));
                }
            });
        } catch (IOException e) {
            throw Failure.failed("'" + output + "' could not be written: " + Reason.of(e) + ".", e);
        }
    }

    private void copy(ZipEntry entry, byte[] content, Entries target) throws IOException {
        String name = entry.getName();
        if (isSignature(name)) {
            signatures.add(name);
            return;
        }
        Integer hash = Arrays.hashCode(content);
        Integer before = written.putIfAbsent(name, hash);
        if (before == null) {
            target.visit(entry, wovenOf(name, content));
        } else if (!before.equals(hash) && !name.equals("META-INF/MANIFEST.MF")) {
            repeated.add(name);
        }
    }

    private byte[] wovenOf(String name, byte[] content) {
        byte[] replacement = name.endsWith(".class") ? woven.get(new Content(content)) : null;
        if (replacement == null || Arrays.equals(replacement, content)) {
            return content;
        }
        changed++;
        return replacement;
    }

    private static boolean isSignature(String name) {
        return name.toUpperCase(Locale.ROOT).matches("META-INF/(SIG-[^/]*|[^/]*\\.(SF|RSA|DSA|EC))");
    }

    int changed() {
        return changed;
    }

    /** The files that were left out as signatures. */
    List<String> signatures() {
        return signatures;
    }

    /** The files that were left out because an input before has one of that name and other content. */
    List<String> repeated() {
        return repeated;
    }

    private record Content(byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Content content && Arrays.equals(bytes, content.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
