// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Value;

/**
 * A value of a method at one place: its type, and who sees to it that what it refers to lives.
 *
 * @param size 1, or 2 for a long and a double
 * @param type an internal name or the descriptor of an array; null if it is no reference, or always null
 * @param keeper who holds the reference
 * @param local the local variable of the keepers {@link Keeper#LOCAL} and {@link Keeper#BORROWED}
 * @param sources the instructions that produced it, where the reference is not its own
 * @param derived the instructions on the way to it that took an own value from the stack: what those referred to has to live
 *     as long as this value is on the stack, which may be an address in it
 */
record Held(
        int size, String type, Keeper keeper, int local, Set<AbstractInsnNode> sources, Set<AbstractInsnNode> derived)
        implements Value {
    /** Who holds the reference that keeps an object alive while a value refers to it. */
    enum Keeper {
        /** Nobody: there is nothing to hold. */
        NONE,
        /** Whoever called the method, until it returns. */
        CALLER,
        /** Of a value on the stack: a local variable, which it was loaded from, or whose object refers to it for good. */
        LOCAL,
        /** Of a value on the stack: the shadow of its place. */
        OWN,
        /** Of a local variable: its own shadow. */
        VARIABLE,
        /** Of a local variable: another one that outlives it. */
        BORROWED,
        /** Of a local variable: its own shadow or whoever called the method, as that shadow says when it is run. */
        EITHER,
        /** Its constructor is still to be called. */
        UNMADE
    }

    Held(int size, String type, Keeper keeper, int local, Set<AbstractInsnNode> sources) {
        this(size, type, keeper, local, sources, Set.of());
    }

    /** What is no reference, and what was not assigned. */
    static final Held NOTHING = new Held(1, null, Keeper.NONE, -1, Set.of());

    static final Held WIDE = new Held(2, null, Keeper.NONE, -1, Set.of());

    /** Stands among the sources of what may be null instead of what the others produce. */
    static final AbstractInsnNode NO_OBJECT = new InsnNode(Opcodes.NOP);

    static Held none(String type) {
        return new Held(1, type, Keeper.NONE, -1, Set.of());
    }

    static Held own(String type) {
        return new Held(1, type, Keeper.OWN, -1, Set.of());
    }

    static Held byCaller(String type, AbstractInsnNode source) {
        return new Held(1, type, Keeper.CALLER, -1, Set.of(source));
    }

    static Held byLocal(String type, int local, AbstractInsnNode source) {
        return new Held(1, type, Keeper.LOCAL, local, Set.of(source));
    }

    static Held borrowed(String type, int local, AbstractInsnNode source) {
        return new Held(1, type, Keeper.BORROWED, local, Set.of(source));
    }

    static Held unmade(String type, AbstractInsnNode source) {
        return new Held(1, type, Keeper.UNMADE, -1, Set.of(source));
    }

    @Override
    public int getSize() {
        return size;
    }

    boolean isOwn() {
        return keeper == Keeper.OWN;
    }

    boolean isVariable() {
        return keeper == Keeper.VARIABLE || keeper == Keeper.EITHER || keeper == Keeper.BORROWED;
    }

    /** Whether this is a value on the stack that was loaded from that local variable, which holds it. */
    boolean isOf(int variable) {
        return keeper == Keeper.LOCAL
                && local == variable
                && sources.stream().allMatch(source -> source instanceof VarInsnNode load && load.var == variable);
    }

    /** Whether another local variable holds what this refers to. */
    boolean isByLocal() {
        return keeper == Keeper.LOCAL || keeper == Keeper.BORROWED;
    }

    boolean isUnmade() {
        return keeper == Keeper.UNMADE;
    }

    Held withType(String newType) {
        return new Held(size, newType, keeper, local, sources, derived);
    }

    /** This value as the result of an instruction that took those. */
    Held from(AbstractInsnNode instruction, List<? extends Held> values) {
        Set<AbstractInsnNode> all = derived;
        for (Held value : values) {
            all = union(all, value.derived);
            if (value.isOwn()) {
                all = union(all, Set.of(instruction));
            }
        }
        return withDerived(all);
    }

    Held withDerived(Set<AbstractInsnNode> instructions) {
        return instructions.equals(derived) ? this : new Held(size, type, keeper, local, sources, instructions);
    }

    static Set<AbstractInsnNode> union(Set<AbstractInsnNode> one, Set<AbstractInsnNode> other) {
        if (one.containsAll(other)) {
            return one;
        }
        Set<AbstractInsnNode> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
