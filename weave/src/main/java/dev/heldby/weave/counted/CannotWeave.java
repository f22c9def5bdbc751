// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

/** Code that the weaver does not understand: the class is left as it was, and that is told. */
final class CannotWeave extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotWeave(String message) {
        super(message);
    }
}
