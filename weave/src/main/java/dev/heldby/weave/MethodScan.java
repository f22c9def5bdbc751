// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What must be known of a class's methods before they are woven: the local variables that each one writes, since a probe
 * at the end may read only what the caller put there, the annotations that it carries, and the methods of its own class
 * that it calls.
 */
final class MethodScan extends ClassVisitor {
    private final Map<String, BitSet> written = new HashMap<>();
    private final Map<String, List<String>> annotations = new HashMap<>();
    private final Map<String, Set<String>> ownCalls = new HashMap<>();
    private String className;

    private MethodScan() {
        super(Opcodes.ASM9);
    }

    static MethodScan of(ClassReader reader) {
        MethodScan slots = new MethodScan();
        reader.accept(slots, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return slots;
    }

    boolean writes(String method, String descriptor, int slot) {
        return written.get(method + descriptor).get(slot);
    }

    /** The descriptors of the annotations on that method. */
    List<String> annotations(String method, String descriptor) {
        return annotations.get(method + descriptor);
    }

    /** Whether it calls a method of that name on an object of its own class. */
    boolean calls(String method, String descriptor, String called) {
        return ownCalls.get(method + descriptor).contains(called);
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        className = name;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        BitSet slots = new BitSet();
        List<String> carried = new ArrayList<>();
        written.put(name + descriptor, slots);
        annotations.put(name + descriptor, carried);
        Set<String> called = new HashSet<>();
        ownCalls.put(name + descriptor, called);
        return new MethodVisitor(Opcodes.ASM9) {
            @Override
            public void visitVarInsn(int opcode, int slot) {
                if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
                    boolean wide = opcode == Opcodes.LSTORE || opcode == Opcodes.DSTORE;
                    slots.set(slot, slot + (wide ? 2 : 1));
                }
            }

            @Override
            public void visitIincInsn(int slot, int increment) {
                slots.set(slot);
            }

            @Override
            public void visitMethodInsn(int opcode, String owner, String callee, String type, boolean isInterface) {
                if (opcode != Opcodes.INVOKESTATIC && owner.equals(className)) {
                    called.add(callee);
                }
            }

            @Override
            public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                carried.add(annotation);
                return null;
            }
        };
    }
}
