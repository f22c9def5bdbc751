// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Shape.FieldShape;
import dev.heldby.weave.counted.Shape.Hold;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/** Annotations that make no sense where they stand. */
final class Misuses {
    private Misuses() {}

    /** One sentence for each, in the order of the classes. */
    static List<String> in(World world, Collection<byte[]> program) {
        List<String> misuses = new ArrayList<>();
        for (byte[] classFile : program) {
            Shape shape = world.shape(new ClassReader(classFile).getClassName());
            if (shape.destructor() != null) {
                addCounted(world, shape, classFile, misuses);
            }
            shape.fields().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(field -> addField(world, shape, field.getKey(), field.getValue(), misuses));
        }
        return misuses;
    }

    private static void addCounted(World world, Shape shape, byte[] classFile, List<String> misuses) {
        String type = shape.name().replace('/', '.');
        if (shape.isInterface()) {
            misuses.add("The interface " + type + " is marked @Counted; mark the classes that implement it.");
            return;
        }
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, ClassReader.SKIP_FRAMES);
        MethodNode named = node.methods.stream()
                .filter(method -> method.name.equals(shape.destructor()))
                .sorted((one, other) -> Boolean.compare(isDestructor(other), isDestructor(one)))
                .findFirst()
                .orElse(null);
        boolean isInherited = world.methodOwner(shape.name(), shape.destructor(), "()V") != null;
        if (named == null && !isInherited) {
            misuses.add("The counted type " + type + " has no method " + shape.destructor()
                    + "(); declare its destructor, or name another with @Counted(destructor = \"...\").");
        } else if (named != null && !isDestructor(named)) {
            misuses.add("The destructor " + type + "." + named.name + place(node, named)
                    + " must be an instance method without parameters that returns nothing.");
        }
    }

    private static boolean isDestructor(MethodNode method) {
        return method.desc.equals("()V") && (method.access & Opcodes.ACC_STATIC) == 0;
    }

    private static String place(ClassNode node, MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode line && node.sourceFile != null) {
                return " (" + node.sourceFile + ":" + line.line + ")";
            }
        }
        return "";
    }

    private static void addField(World world, Shape shape, String name, FieldShape field, List<String> misuses) {
        if (field.hold() != Hold.COUNTED && !world.mayHold(field.descriptor())) {
            String word = field.hold() == Hold.WEAK ? "@Weak" : "@Uncounted";
            misuses.add("The field " + shape.name().replace('/', '.') + "." + name + " is marked " + word
                    + ", but can hold nothing that is counted.");
        }
    }
}
