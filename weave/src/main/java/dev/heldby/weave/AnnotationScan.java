// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/** Finds out which annotations a class carries. */
final class AnnotationScan extends ClassVisitor {
    private final List<String> found = new ArrayList<>();

    private AnnotationScan() {
        super(Opcodes.ASM9);
    }

    /** A quick look at the bytes: false only if none of the descriptors can be in it. */
    static boolean mayCarry(byte[] classFile, Set<String> descriptors) {
        for (String descriptor : descriptors) {
            if (contains(classFile, descriptor.getBytes(StandardCharsets.UTF_8))) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int at = 0; at <= bytes.length - part.length; at++) {
            int matched = 0;
            while (matched < part.length && bytes[at + matched] == part[matched]) {
                matched++;
            }
            if (matched == part.length) {
                return true;
            }
        }
        return false;
    }

    static List<String> ofClass(ClassReader reader) {
        AnnotationScan scan = new AnnotationScan();
        reader.accept(scan, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return scan.found;
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        found.add(descriptor);
        return null;
    }
}
