// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Spoils one call. All that is inserted stands in the method itself and has returned before the call is made, so that a
 * stack that is taken within the call is as in the healthy program.
 */
final class PlantWeaver {
    private final SiteScan scan;
    private final Order.Plant plant;

    PlantWeaver(Calls calls, Order.Plant plant) {
        this.scan = new SiteScan(calls);
        this.plant = plant;
    }

    /** Null if the site is not in this class. */
    byte[] weave(byte[] classFile, ClassLoader loader) {
        ClassNode type = new ClassNode();
        new ClassReader(classFile).accept(type, ClassReader.SKIP_FRAMES);
        for (SiteScan.Found found : scan.sites(type)) {
            if (found.site().id().equals(plant.site())) {
                spoil(found.method(), found.call());
                Hierarchy writer = new Hierarchy(loader);
                type.accept(writer);
                return writer.toByteArray();
            }
        }
        return null;
    }

    private void spoil(MethodNode method, MethodInsnNode call) {
        switch (plant.kind()) {
            case SKIP, DROP_RETAIN -> skip(method.instructions, call);
            case DOUBLE -> repeat(method, call);
            case EARLY -> move(method, call);
        }
    }

    /** {@code if (skip(object)) pass over the call, else make it}. */
    private static void skip(InsnList code, MethodInsnNode call) {
        LabelNode run = new LabelNode();
        LabelNode after = new LabelNode();
        InsnList guard = CodeOf.copyObject(call);
        guard.add(CodeOf.hook(CodeOf.PLANTED, "skip", "(Ljava/lang/Object;)Z"));
        guard.add(new JumpInsnNode(Opcodes.IFEQ, run));
        guard.add(CodeOf.insteadOf(call));
        guard.add(new JumpInsnNode(Opcodes.GOTO, after));
        guard.add(run);
        code.insertBefore(call, guard);
        code.insert(call, after);
    }

    /** Makes the call, and {@code if (again(object))} once more. */
    private static void repeat(MethodNode method, MethodInsnNode call) {
        List<Type> operands = CodeOf.operands(call);
        int first = method.maxLocals;
        method.maxLocals += operands.size();
        InsnList keep = new InsnList();
        for (int i = operands.size() - 1; i >= 0; i--) {
            keep.add(new VarInsnNode(operands.get(i).getOpcode(Opcodes.ISTORE), first + i));
        }
        keep.add(load(operands, first));
        method.instructions.insertBefore(call, keep);

        LabelNode end = new LabelNode();
        InsnList again = new InsnList();
        boolean number = operands.get(operands.size() - 1).getSort() == Type.INT;
        again.add(new VarInsnNode(Opcodes.ALOAD, first + operands.size() - (number ? 2 : 1)));
        again.add(CodeOf.hook(CodeOf.PLANTED, "again", "(Ljava/lang/Object;)Z"));
        again.add(new JumpInsnNode(Opcodes.IFEQ, end));
        again.add(load(operands, first));
        again.add(CodeOf.copy(call));
        CodeOf.dropResult(call, again);
        again.add(end);
        method.instructions.insert(call, again);
    }

    private static InsnList load(List<Type> operands, int first) {
        InsnList code = new InsnList();
        for (int i = 0; i < operands.size(); i++) {
            code.add(new VarInsnNode(operands.get(i).getOpcode(Opcodes.ILOAD), first + i));
        }
        return code;
    }

    /**
     * Releases before the use, notes that in a variable of its own, and passes over the release where it stood. The
     * compiler copies a finally block to each way out of it, so all copies are passed over.
     */
    private void move(MethodNode method, MethodInsnNode call) {
        EarlyRelease early = EarlyRelease.find(method, call).orElseThrow();
        int line = scan.lineOf(method, call);
        int moved = method.maxLocals++;
        for (var step : method.instructions.toArray()) {
            if (step instanceof MethodInsnNode other
                    && other.name.equals(call.name)
                    && other.desc.equals(call.desc)
                    && EarlyRelease.variable(other) == early.variable()
                    && scan.lineOf(method, other) == line) {
                passOverIfMoved(method.instructions, other, moved);
            }
        }
        LabelNode use = new LabelNode();
        InsnList release = new InsnList();
        release.add(new VarInsnNode(Opcodes.ALOAD, early.variable()));
        release.add(CodeOf.hook(CodeOf.PLANTED, "early", "(Ljava/lang/Object;)Z"));
        release.add(new JumpInsnNode(Opcodes.IFEQ, use));
        release.add(new InsnNode(Opcodes.ICONST_1));
        release.add(new VarInsnNode(Opcodes.ISTORE, moved));
        release.add(new VarInsnNode(Opcodes.ALOAD, early.variable()));
        release.add(CodeOf.copy(call));
        CodeOf.dropResult(call, release);
        release.add(use);
        method.instructions.insertBefore(early.use(), release);

        InsnList start = new InsnList();
        start.add(new InsnNode(Opcodes.ICONST_0));
        start.add(new VarInsnNode(Opcodes.ISTORE, moved));
        method.instructions.insert(start);
    }

    private static void passOverIfMoved(InsnList code, MethodInsnNode call, int moved) {
        LabelNode run = new LabelNode();
        LabelNode after = new LabelNode();
        InsnList guard = new InsnList();
        guard.add(new VarInsnNode(Opcodes.ILOAD, moved));
        guard.add(new JumpInsnNode(Opcodes.IFEQ, run));
        guard.add(new InsnNode(Opcodes.ICONST_0));
        guard.add(new VarInsnNode(Opcodes.ISTORE, moved));
        guard.add(CodeOf.insteadOf(call));
        guard.add(new JumpInsnNode(Opcodes.GOTO, after));
        guard.add(run);
        code.insertBefore(call, guard);
        code.insert(call, after);
    }
}
