// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
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

/**
 * What is to be known of a class without its code.
 *
 * @param isWoven whether it is one of the program's, whose code counts
 * @param destructor the name that {@code @Counted} or a rule gives, or null; of a class with a count of its own, the method
 *     that gives a reference back
 * @param retain the method that takes a reference, of a class with a count of its own, or null
 * @param fields by name
 * @param methods the access flags by name and descriptor
 * @param owned the methods, by name and descriptor, that are marked {@code @Owned}
 */
record Shape(
        String name,
        String superName,
        List<String> interfaces,
        int access,
        boolean isWoven,
        String destructor,
        String retain,
        Map<String, FieldShape> fields,
        Map<String, Integer> methods,
        Set<String> owned) {
    private static final String COUNTED = "Ldev/heldby/counted/Counted;";
    private static final String UNCOUNTED = "Ldev/heldby/counted/Uncounted;";
    private static final String OWNED = "Ldev/heldby/counted/Owned;";
    private static final String WEAK = "Ldev/heldby/counted/Weak;";

    /** How a field holds what it refers to. */
    enum Hold {
        COUNTED,
        UNCOUNTED,
        WEAK
    }

    record FieldShape(String descriptor, int access, Hold hold) {
        boolean isStatic() {
            return Modifier.isStatic(access);
        }

        boolean isFinal() {
            return Modifier.isFinal(access);
        }
    }

    boolean isInterface() {
        return Modifier.isInterface(access);
    }

    /** Whether that is one of the methods by which the class keeps a count of its own. */
    boolean isOfOwnCount(String method, String methodDescriptor) {
        return retain != null && methodDescriptor.equals("()V") && (method.equals(retain) || method.equals(destructor));
    }

    /** The super class, if there is one, and the interfaces. */
    List<String> parents() {
        List<String> parents = new ArrayList<>(interfaces);
        if (superName != null) {
            parents.add(0, superName);
        }
        return parents;
    }

    /** @param marked the destructor that a rule gives, or null */
    static Shape of(ClassReader reader, boolean isWoven, String marked) {
        Reader visitor = new Reader();
        reader.accept(visitor, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new Shape(
                reader.getClassName(),
                reader.getSuperName(),
                List.of(reader.getInterfaces()),
                reader.getAccess(),
                isWoven,
                visitor.destructor == null ? marked : visitor.destructor,
                visitor.retain,
                visitor.fields,
                visitor.methods,
                visitor.owned);
    }

    private static final class Reader extends ClassVisitor {
        private String destructor;
        private String retain;
        private final Map<String, FieldShape> fields = new HashMap<>();
        private final Map<String, Integer> methods = new HashMap<>();
        private final Set<String> owned = new HashSet<>();

        Reader() {
            super(Opcodes.ASM9);
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            if (!descriptor.equals(COUNTED)) {
                return null;
            }
            destructor = "close";
            return new AnnotationVisitor(Opcodes.ASM9) {
                @Override
                public void visit(String name, Object value) {
                    if (name.equals("retain")) {
                        retain = (String) value;
                    } else {
                        destructor = (String) value;
                    }
                }
            };
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            fields.put(name, new FieldShape(descriptor, access, Hold.COUNTED));
            return new FieldVisitor(Opcodes.ASM9) {
                @Override
                public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    if (annotation.equals(UNCOUNTED)) {
                        fields.put(name, new FieldShape(descriptor, access, Hold.UNCOUNTED));
                    } else if (annotation.equals(WEAK)) {
                        fields.put(name, new FieldShape(descriptor, access, Hold.WEAK));
                    }
                    return null;
                }
            };
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            methods.put(name + descriptor, access);
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    if (annotation.equals(OWNED)) {
                        owned.add(name + descriptor);
                    }
                    return null;
                }
            };
        }
    }
}
