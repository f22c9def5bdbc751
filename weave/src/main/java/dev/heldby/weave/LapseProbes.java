// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The instructions with which one method tells of the calls through its variables.
 *
 * <p>What is known of a definition is in a variable of its own behind all others: empty when the method begins, and anew where the definition
 * is made. A call through it is told of before and after; that one threw, where a handler begins.
 */
final class LapseProbes {
    private static final String OBJECT = "java/lang/Object";

    private final MethodNode method;
    private final String name;
    private final String gate;
    private final int first;

    LapseProbes(MethodNode method, String name, String gate) {
        this.method = method;
        this.name = name;
        this.gate = gate;
        this.first = variables(method);
    }

    /** How many words of variables it has; what was woven before may use more than it says. */
    private static int variables(MethodNode method) {
        int words = method.maxLocals;
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof VarInsnNode access) {
                words = Math.max(words, access.var + 2);
            } else if (instruction instanceof IincInsnNode access) {
                words = Math.max(words, access.var + 1);
            }
        }
        return words;
    }

    void insert(LapsedVariables variables) {
        int own = first;
        InsnList begin = new InsnList();
        for (Map.Entry<Definition, List<LapsedVariables.Call>> each :
                variables.calls().entrySet()) {
            begin.add(forget(own));
            anew(each.getKey(), own);
            for (LapsedVariables.Call call : each.getValue()) {
                method.instructions.insertBefore(call.instruction(), before(own, call.kind()));
                method.instructions.insert(call.instruction(), passed(new VarInsnNode(Opcodes.ALOAD, own)));
            }
            own++;
        }
        new LinkedHashSet<>(method.tryCatchBlocks.stream()
                        .map(block -> block.handler)
                        .toList())
                .forEach(this::thrown);
        widenFrames(own - first);
        method.instructions.insert(begin);
        method.maxLocals = own;
    }

    private void anew(Definition definition, int own) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (definition.isMadeBy(instruction)) {
                method.instructions.insert(instruction, forget(own));
                return;
            }
        }
    }

    private static InsnList forget(int own) {
        InsnList code = new InsnList();
        code.add(new InsnNode(Opcodes.ACONST_NULL));
        code.add(new VarInsnNode(Opcodes.ASTORE, own));
        return code;
    }

    private InsnList before(int own, int kind) {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, own));
        code.add(new LdcInsnNode(name));
        code.add(new IntInsnNode(Opcodes.BIPUSH, kind));
        code.add(call(
                "through",
                Type.getMethodDescriptor(
                        Type.getObjectType(OBJECT),
                        Type.getObjectType(OBJECT),
                        Type.getType(String.class),
                        Type.INT_TYPE)));
        code.add(new VarInsnNode(Opcodes.ASTORE, own));
        return code;
    }

    private InsnList passed(AbstractInsnNode variable) {
        InsnList code = new InsnList();
        code.add(variable);
        code.add(call("passed", "(L" + OBJECT + ";)V"));
        return code;
    }

    private MethodInsnNode call(String probe, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, gate, probe, descriptor, false);
    }

    private void thrown(LabelNode handler) {
        AbstractInsnNode at = handler;
        while (at.getNext() != null && at.getNext().getOpcode() < 0) {
            at = at.getNext();
        }
        method.instructions.insert(at, passed(new InsnNode(Opcodes.ACONST_NULL)));
    }

    private void widenFrames(int own) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof FrameNode frame) {
                List<Object> variables = new ArrayList<>(frame.local);
                int words = variables.stream().mapToInt(LapseProbes::words).sum();
                variables.addAll(Collections.nCopies(first - words, Opcodes.TOP));
                variables.addAll(Collections.nCopies(own, OBJECT));
                frame.local = variables;
            }
        }
    }

    private static int words(Object variable) {
        return variable.equals(Opcodes.LONG) || variable.equals(Opcodes.DOUBLE) ? 2 : 1;
    }
}
