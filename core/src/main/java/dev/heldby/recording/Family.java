// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

/**
 * What the lives of all references to one object have in common: they are shown under the object's class and found
 * together. It knows neither the object nor the references, so that it keeps none of them alive. Immutable, told apart by
 * identity.
 */
public final class Family {
    private final Class<?> type;

    /** Of the references to an object of that class. */
    public Family(Class<?> type) {
        this.type = type;
    }

    public Class<?> type() {
        return type;
    }
}
