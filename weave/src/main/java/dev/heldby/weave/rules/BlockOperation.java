// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

/**
 * One line of a {@code blocks} stanza: certain methods allocate a block of off-heap memory, or free one. A method with both
 * lines reallocates: it frees the old block when it begins and has allocated the new one when it returns.
 *
 * @param size its number of bytes; null for {@link Word#FREE}
 */
public record BlockOperation(Word word, MethodPattern method, Address address, Size size, int line) {

    /** The first word of the line. */
    public enum Word {
        /** The block is there when the method returns. */
        ALLOC,
        /** The block is gone once the method has begun, unless it throws. */
        FREE
    }

    /**
     * Where the block's address is found.
     *
     * @param field the receiver's field of type long, or null
     * @param argument else the parameter counted from 1, of type long, or 0 for the result
     */
    public record Address(String field, int argument) {
        /** What the method returns. */
        public static final Address RESULT = new Address(null, 0);

        public boolean isResult() {
            return field == null && argument == 0;
        }
    }

    /**
     * How large a block is.
     *
     * @param argument the parameter counted from 1, of type int or long, or 0
     * @param constant else this
     */
    public record Size(int argument, long constant) {
        /** Nobody knows; one byte stands for it. */
        public static final Size UNKNOWN = new Size(0, 1);
    }
}
