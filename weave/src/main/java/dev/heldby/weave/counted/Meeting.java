// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Held.Keeper;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.objectweb.asm.tree.AbstractInsnNode;

/**
 * What is known of a value where paths meet.
 *
 * <p>Where different ones hold it on them, the value must hold its object itself: the instructions that made it are added to
 * {@code mustOwn}, and the analysis is to be made again.
 */
final class Meeting {
    private final World world;
    private final Set<AbstractInsnNode> mustOwn;

    Meeting(World world, Set<AbstractInsnNode> mustOwn) {
        this.world = world;
        this.mustOwn = mustOwn;
    }

    Held of(Held one, Held other) {
        if (one.equals(other)) {
            return one;
        }
        if (one.size() != other.size() || one.isUnmade() || other.isUnmade()) {
            return Held.NOTHING;
        }
        Keeper keeper = keeper(one, other);
        boolean isOwn = keeper == Keeper.OWN || keeper == Keeper.NONE;
        boolean isByLocal = keeper == Keeper.LOCAL || keeper == Keeper.BORROWED;
        Held merged = new Held(
                one.size(),
                type(one, other),
                keeper,
                isByLocal ? Math.max(one.local(), other.local()) : -1,
                isOwn ? Set.of() : sources(one, other),
                Held.union(one.derived(), other.derived()));
        return merged.equals(one) ? one : merged;
    }

    private static Set<AbstractInsnNode> sources(Held one, Held other) {
        Set<AbstractInsnNode> sources = Held.union(one.sources(), other.sources());
        boolean mayBeNull = one.keeper() == Keeper.NONE || other.keeper() == Keeper.NONE;
        return mayBeNull ? Held.union(sources, Set.of(Held.NO_OBJECT)) : sources;
    }

    private String type(Held one, Held other) {
        if (one.type() == null || other.type() == null) {
            return one.type() == null ? other.type() : one.type();
        }
        return Objects.equals(one.type(), other.type()) ? one.type() : world.common(one.type(), other.type());
    }

    /** Who holds the reference on either path; what holds none has none to be held. */
    private Keeper keeper(Held one, Held other) {
        if (one.keeper() == other.keeper() && one.local() == other.local()) {
            return one.keeper();
        }
        if (one.keeper() == Keeper.NONE || other.keeper() == Keeper.NONE) {
            return one.keeper() == Keeper.NONE ? other.keeper() : one.keeper();
        }
        boolean isVariable = one.isVariable() || other.isVariable();
        for (Held value : List.of(one, other)) {
            if (!isVariable || value.keeper() == Keeper.BORROWED) {
                mustOwn.addAll(value.sources());
            }
        }
        return isVariable ? Keeper.EITHER : Keeper.OWN;
    }
}
