// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The instructions that move references between the shadows of a method: local variables of our own that hold the references,
 * one for each variable of the program's that needs one, and one for each place on the stack.
 *
 * <p>A shadow is null while it holds no reference, and it is made null before its reference is given up, so that any
 * exception handler may give up all of them.
 */
final class Emission {
    static final String REFERENCES = "dev/heldby/counted/References";
    static final String OUTSIDE = "dev/heldby/counted/Outside";
    static final String OBJECT = "Ljava/lang/Object;";
    static final String LEND = "(" + OBJECT + "Ljava/lang/String;)V";

    private static final int REST = 1 << 20;
    private static final int SCRATCH = 1 << 21;

    private final int variables;
    private final int stack;
    private int rests;
    private final TreeSet<Integer> shadows = new TreeSet<>();
    private final TreeSet<Integer> scratch = new TreeSet<>();

    /**
     * @param variables how many local variables the method has, in slots
     * @param stack how deep its stack is
     */
    Emission(int variables, int stack) {
        this.variables = variables;
        this.stack = stack;
    }

    /** The shadow of a local variable. */
    int ofVariable(int local) {
        return shadow(variables + local);
    }

    /** The shadow of a place on the stack, the lowest being 0. */
    int ofStack(int depth) {
        return shadow(2 * variables + depth);
    }

    /** The shadow of a parameter that is held for as long as the method runs. */
    int ofParameter(int local) {
        return shadow(2 * variables + stack + local);
    }

    /** A new shadow, for what the rest of a statement may still need. */
    int ofRest() {
        return shadow(REST + rests++);
    }

    /** A variable for a value of any type, which is never read across a jump. */
    int scratch(int number) {
        int local = SCRATCH + 2 * number;
        scratch.add(local);
        return local;
    }

    private int shadow(int local) {
        shadows.add(local);
        return local;
    }

    /** The shadows of the values that an exception takes away: those of the stack but the lowest so many places. */
    SortedSet<Integer> ofExpressions(int lowest) {
        SortedSet<Integer> expressions = new TreeSet<>(shadows.subSet(2 * variables + lowest, 2 * variables + stack));
        expressions.addAll(shadows.tailSet(REST));
        return expressions;
    }

    SortedSet<Integer> shadows() {
        return shadows;
    }

    /** The shadows, those of the program's youngest variables first. */
    Iterable<Integer> shadowsBackwards() {
        return shadows.descendingSet();
    }

    /** Gives up what those local variables hold, the youngest first. */
    InsnList dropVariables(BitSet locals) {
        InsnList list = new InsnList();
        for (int local = locals.length() - 1; local >= 0; local = locals.previousSetBit(local - 1)) {
            list.add(drop(ofVariable(local)));
        }
        return list;
    }

    /** Where each of the variables that are used is to lie, without gaps: the shadows first. */
    Map<Integer, Integer> layout() {
        Map<Integer, Integer> layout = new HashMap<>();
        int next = variables;
        for (int shadow : shadows) {
            layout.put(shadow, next++);
        }
        for (int local : scratch) {
            layout.put(local, next);
            next += 2;
        }
        return layout;
    }

    static AbstractInsnNode call(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, REFERENCES, name, descriptor, false);
    }

    /** As {@link #call}, where woven code meets other code. */
    static AbstractInsnNode callOutside(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, OUTSIDE, name, descriptor, false);
    }

    static AbstractInsnNode load(int local) {
        return new VarInsnNode(Opcodes.ALOAD, local);
    }

    static AbstractInsnNode store(int local) {
        return new VarInsnNode(Opcodes.ASTORE, local);
    }

    static AbstractInsnNode op(int opcode) {
        return new InsnNode(opcode);
    }

    static AbstractInsnNode constant(Object value) {
        return new LdcInsnNode(value);
    }

    static InsnList list(AbstractInsnNode... instructions) {
        InsnList list = new InsnList();
        for (AbstractInsnNode instruction : instructions) {
            list.add(instruction);
        }
        return list;
    }

    static AbstractInsnNode release() {
        return call("release", "(" + OBJECT + ")V");
    }

    /** Object in, object out. */
    static AbstractInsnNode through(String name) {
        return call(name, "(" + OBJECT + ")" + OBJECT);
    }

    static AbstractInsnNode throughOutside(String name) {
        return callOutside(name, "(" + OBJECT + ")" + OBJECT);
    }

    /** Gives up what the shadow holds. */
    static InsnList drop(int shadow) {
        return list(load(shadow), op(Opcodes.ACONST_NULL), store(shadow), release());
    }

    /** Makes the shadow forget a reference that somebody else has now. */
    static InsnList forget(int shadow) {
        return list(op(Opcodes.ACONST_NULL), store(shadow));
    }

    /** Moves a reference from one shadow to another, which holds none. */
    static InsnList move(int from, int to) {
        InsnList list = list(load(from), store(to));
        list.add(forget(from));
        return list;
    }

    /** Moves a reference from one shadow to another, and gives up what that held. */
    static InsnList exchange(int from, int to) {
        InsnList list = list(load(from));
        list.add(replace(to));
        list.add(forget(from));
        return list;
    }

    /** Takes a reference to the topmost value of the stack into a shadow that holds none. */
    static InsnList retainTop(int shadow) {
        return list(op(Opcodes.DUP), through("retain"), store(shadow));
    }

    /** Puts the topmost value of the stack, an object with a reference, into a shadow, and gives up what was there. */
    static InsnList replace(int shadow) {
        return list(load(shadow), op(Opcodes.SWAP), store(shadow), release());
    }

    static AbstractInsnNode loadOf(Type type, int local) {
        return new VarInsnNode(type.getOpcode(Opcodes.ILOAD), local);
    }

    static AbstractInsnNode storeOf(Type type, int local) {
        return new VarInsnNode(type.getOpcode(Opcodes.ISTORE), local);
    }
}
