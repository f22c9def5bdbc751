// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.List;

/** The annotations of a program make no sense; nothing was woven. */
public final class MisuseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> misuses;

    MisuseException(List<String> misuses) {
        super(String.join(System.lineSeparator(), misuses));
        this.misuses = List.copyOf(misuses);
    }

    /** One sentence for each misuse: the class, the method with its line or the field, and what is wrong. */
    public List<String> misuses() {
        return misuses;
    }
}
