// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

/**
 * One line of a stanza: what calling certain methods means to the counted object.
 *
 * @param target which object is meant
 * @param references the parameter, counted from 1, that says how many references; 0 for one reference
 * @param when what the result must be for it to have happened; null if it always has
 * @param size where the number of bytes is found; null but for {@link Word#BYTES}
 * @param through a method without parameters that leads from a wrapper to the object that is meant; null for none
 * @param unowned the parameter, counted from 1, whose object owns the new one if it is not null; 0 for none
 */
public record Operation(
        Word word,
        MethodPattern method,
        Target target,
        int references,
        When when,
        Size size,
        String through,
        int unowned,
        int line) {

    /** The first word of the line. */
    public enum Word {
        /** The object's life begins. */
        BORN,
        /** References are taken. */
        GET,
        /** References are given back. */
        PUT,
        /** It is used. */
        USE,
        /** It is about to be torn down: its own code is about to call that method. */
        DEAD,
        /** Its size becomes known. */
        BYTES,
        /** It may be held as long as the process lives. */
        EXCUSE
    }

    /** What a method's result says. */
    public enum When {
        /** It happened if the result is true or not zero. */
        TRUE,
        /** It happened if the method threw. */
        THROWN,
        /** The use was refused if the result is false. */
        FALSE_REFUSES,
        /** The use was refused if the method threw. */
        THROWN_REFUSES
    }

    /**
     * An object that a method deals with.
     *
     * @param argument 0 for the receiver, -1 for the result, else the parameter counted from 1
     */
    public record Target(int argument) {
        /** The receiver. */
        public static final Target SELF = new Target(0);
        /** The returned object. */
        public static final Target RESULT = new Target(-1);
    }

    /**
     * Where a size is found when the method returns.
     *
     * @param field the receiver's field of type int or long, or null
     * @param argument else the parameter, counted from 1, of type int or long, or an array whose length it is
     */
    public record Size(String field, int argument) {}
}
