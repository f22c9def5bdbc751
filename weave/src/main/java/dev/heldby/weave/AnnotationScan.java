// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import java.util.ArrayList;
import java.util.List;
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
