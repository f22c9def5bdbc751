// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.IdentityHashMap;
import java.util.Map;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** An object of a class of the interpreted program. */
final class Obj {
    final ClassCode type;
    /** By field; captured variables by variable, enclosing instances by the class that is enclosed. */
    final Map<Element, @Nullable Object> fields = new IdentityHashMap<>();

    int id = -1;
    boolean unfinished = true;
    /** The place among the constants, if it is one of an enum. */
    int ordinal = -1;

    int earliest = -1;
    int latest = -1;

    Obj(ClassCode type) {
        this.type = type;
    }

    /** A variable of a method that encloses the class. */
    @Nullable
    Object captured(Element variable) {
        if (fields.containsKey(variable)) {
            return fields.get(variable);
        }
        Object outer = fields.get(type.element);
        if (outer instanceof Obj enclosing) {
            return enclosing.captured(variable);
        }
        throw new IllegalStateException("The variable \"" + variable + "\" is not in scope.");
    }

    /** As the programs define it, so that a hash table has the same order here as there. */
    @Override
    public int hashCode() {
        return id < 0 ? System.identityHashCode(this) : id;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }
}
