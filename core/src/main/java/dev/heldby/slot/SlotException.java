// SPDX-License-Identifier: Apache-2.0
package dev.heldby.slot;

/** A slot was used in a way that it cannot be; nothing was changed. The kernel's counterpart is a {@code BUG}. */
public final class SlotException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    SlotException(String message) {
        super(message);
    }
}
