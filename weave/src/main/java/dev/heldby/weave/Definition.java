// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import java.util.Objects;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.analysis.BasicValue;

/** The value that one instruction makes, or one parameter brings, each time that it does: what holds a reference in a method. */
final class Definition extends BasicValue {
    private final AbstractInsnNode maker;

    /** @param maker null for a parameter */
    Definition(AbstractInsnNode maker) {
        super(BasicValue.REFERENCE_VALUE.getType());
        this.maker = maker;
    }

    boolean isParameter() {
        return maker == null;
    }

    boolean isMadeBy(AbstractInsnNode instruction) {
        return Objects.equals(maker, instruction);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
