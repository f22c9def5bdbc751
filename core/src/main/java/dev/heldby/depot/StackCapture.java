// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

/** A throwable that exists only for the stack it was made on. */
final class StackCapture extends Throwable {
    private static final long serialVersionUID = 1;

    StackCapture() {
        super(null, null, false, true);
    }
}
