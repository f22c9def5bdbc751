// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * References to constructors, {@code Foo::new}. The JDK's function object would make the object itself, and could not hand it
 * over; so it calls a method of the class instead, as if {@code () -> new Foo()} were written.
 *
 * <p>Serializable ones stay as they are, since streams name their method.
 */
final class ConstructorReferences {
    private final World world;
    private final ClassNode owner;
    private final List<MethodNode> made = new ArrayList<>();

    private ConstructorReferences(World world, ClassNode owner) {
        this.world = world;
        this.owner = owner;
    }

    static void expand(World world, ClassNode node) {
        ConstructorReferences references = new ConstructorReferences(world, node);
        node.methods.forEach(method -> method.instructions.forEach(instruction -> {
            if (instruction instanceof InvokeDynamicInsnNode dynamic
                    && FunctionObject.isMadeBy(dynamic)
                    && dynamic.bsm.getName().equals("metafactory")) {
                references.expand(method, dynamic);
            }
        }));
        node.methods.addAll(references.made);
    }

    private void expand(MethodNode method, InvokeDynamicInsnNode dynamic) {
        for (int i = 0; i < dynamic.bsmArgs.length; i++) {
            if (dynamic.bsmArgs[i] instanceof Handle handle
                    && handle.getTag() == Opcodes.H_NEWINVOKESPECIAL
                    && world.mayHoldClass(handle.getOwner())) {
                MethodNode maker = maker(method, handle);
                maker.instructions.insert(line(dynamic));
                made.add(maker);
                boolean isInterface = (owner.access & Opcodes.ACC_INTERFACE) != 0;
                dynamic.bsmArgs[i] =
                        new Handle(Opcodes.H_INVOKESTATIC, owner.name, maker.name, maker.desc, isInterface);
            }
        }
    }

    private MethodNode maker(MethodNode method, Handle constructor) {
        Type[] parameters = Type.getArgumentTypes(constructor.getDesc());
        MethodNode maker = new MethodNode(
                Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
                "lambda$" + method.name.replaceAll("[<>]", "") + "$new" + made.size(),
                Type.getMethodDescriptor(Type.getObjectType(constructor.getOwner()), parameters),
                null,
                null);
        maker.visitTypeInsn(Opcodes.NEW, constructor.getOwner());
        maker.visitInsn(Opcodes.DUP);
        int local = 0;
        for (Type parameter : parameters) {
            maker.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), local);
            local += parameter.getSize();
        }
        maker.visitMethodInsn(Opcodes.INVOKESPECIAL, constructor.getOwner(), "<init>", constructor.getDesc(), false);
        maker.visitInsn(Opcodes.ARETURN);
        maker.visitMaxs(local + 2, local);
        return maker;
    }

    /** The line in which the reference stands. */
    private static InsnList line(AbstractInsnNode reference) {
        InsnList list = new InsnList();
        AbstractInsnNode at = reference;
        while (at != null && !(at instanceof LineNumberNode)) {
            at = at.getPrevious();
        }
        if (at != null) {
            LabelNode start = new LabelNode();
            list.add(start);
            list.add(new LineNumberNode(((LineNumberNode) at).line, start));
        }
        return list;
    }
}
