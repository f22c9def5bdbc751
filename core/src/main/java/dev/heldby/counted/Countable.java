// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import org.jspecify.annotations.Nullable;

/**
 * What the weaver makes of every class whose objects are counted: those of {@link Counted} types, and those with a field that
 * may hold one. The names are the weaver's; no program implements it.
 */
public interface Countable extends Woven {
    /** Null only in an object that no constructor made, until it is given one. */
    Count heldby$count();

    /** Gives the object a count of its own. */
    void heldby$count(Count count);

    /** Runs the destructor, if its class has one. */
    void heldby$destroy() throws Throwable;

    /** Gives up what the fields hold, and leaves them null where they are not final. */
    void heldby$drop();

    /** Shows the visitor what each field holds. */
    void heldby$visit(Visitor visitor);

    /** Sees what an object holds. */
    interface Visitor {
        /**
         * One of them.
         *
         * @param field the name of the field, or a number in brackets for an element of an array
         */
        void visit(String field, @Nullable Object value);
    }
}
