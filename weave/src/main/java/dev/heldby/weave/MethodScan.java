// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.weave.rules.MethodPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What must be known of a class before its methods are woven: its fields; how many local variables each method has and
 * which it writes, since a probe at the end may read only what the caller put there; the annotations that it carries; and
 * the methods of its own class that it calls.
 */
final class MethodScan extends ClassVisitor {
    private final Map<String, BitSet> written = new HashMap<>();
    private final Map<String, List<String>> annotations = new HashMap<>();
    private final Map<String, Set<String>> ownCalls = new HashMap<>();
    private final Map<String, Integer> locals = new HashMap<>();
    private final Set<String> delegating = new HashSet<>();
    private final Map<String, String> fields = new HashMap<>();
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

    /** How many local variables it has, where a long counts twice. */
    int locals(String method, String descriptor) {
        return locals.get(method + descriptor);
    }

    /** Whether it is a constructor that calls another one of its class. */
    boolean delegates(String method, String descriptor) {
        return delegating.contains(method + descriptor);
    }

    /** The descriptors of the instance fields by name. */
    Map<String, String> fields() {
        return fields;
    }

    /** Whether the pattern means that method. */
    boolean isMeant(MethodPattern pattern, String method, String descriptor) {
        if (pattern.byAnnotation()) {
            String annotation = "L" + pattern.name().substring(1).replace('.', '/') + ";";
            return annotations.get(method + descriptor).contains(annotation);
        }
        return pattern.matches(method, simpleNames(descriptor));
    }

    static List<String> simpleNames(String descriptor) {
        return Arrays.stream(Type.getArgumentTypes(descriptor))
                .map(type -> type.getClassName())
                .map(type -> type.substring(type.lastIndexOf('.') + 1))
                .map(type -> type.substring(type.lastIndexOf('$') + 1))
                .toList();
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
    public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
        if ((access & Opcodes.ACC_STATIC) == 0) {
            fields.put(name, descriptor);
        }
        return null;
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
            /* News whose constructor call is still to come: the first call without one is this() or super(). */
            private int pendingNews;

            @Override
            public void visitTypeInsn(int opcode, String type) {
                pendingNews += opcode == Opcodes.NEW ? 1 : 0;
            }

            @Override
            public void visitMaxs(int maxStack, int maxLocals) {
                locals.put(name + descriptor, maxLocals);
            }

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
                if (callee.equals("<init>") && pendingNews-- == 0 && name.equals("<init>")) {
                    pendingNews = 0;
                    if (owner.equals(className)) {
                        delegating.add(name + descriptor);
                    }
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
