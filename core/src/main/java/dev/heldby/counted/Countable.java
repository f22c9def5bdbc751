// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

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

    /** Takes a reference to all that the fields hold: they were copied from another object. */
    void heldby$copied();
}
