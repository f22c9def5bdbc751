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
        boolean isOwn = shape.retain() != null || Annotations.namesRelease(node);
        if (isOwn && (shape.retain() == null || !Annotations.namesRelease(node))) {
            misuses.add("The counted type " + type + " names "
                    + (shape.retain() == null
                            ? "the method that gives a reference back, but none that takes one"
                            : "the method that takes a reference, but none that gives it back")
                    + "; name both with @Counted(retain = \"...\", release = \"...\").");
            return;
        }
        if (isOwn) {
            addMethod(world, shape, node, "retain method", shape.retain(), misuses);
        }
        addMethod(world, shape, node, isOwn ? "release method" : "destructor", shape.destructor(), misuses);
    }

    private static void addMethod(
            World world, Shape shape, ClassNode node, String role, String name, List<String> misuses) {
        String type = shape.name().replace('/', '.');
        MethodNode named = node.methods.stream()
                .filter(method -> method.name.equals(name))
                .sorted((one, other) -> Boolean.compare(isPlain(other), isPlain(one)))
                .findFirst()
                .orElse(null);
        boolean isInherited = world.methodOwner(shape.name(), name, "()V") != null;
        if (named == null && !isInherited) {
            misuses.add("The counted type " + type + " has no method " + name + "(); declare its " + role
                    + ", or name another with @Counted(" + role.split(" ")[0] + " = \"...\").");
        } else if (named != null && !isPlain(named)) {
            misuses.add("The " + role + " " + type + "." + named.name + place(node, named)
                    + " must be an instance method without parameters that returns nothing.");
        }
    }

    private static boolean isPlain(MethodNode method) {
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
