// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.function.Consumer;

/** An object with references, or one reference, as long as it is not given back. Any thread may call. */
public interface Holding {

    /** The scope that it began in, or null. */
    Scope scope();

    /** When it began, in microseconds since the recorder began. */
    long bornMicros();

    /** Whether references are left that no one was told of yet. */
    boolean isHeld();

    /** If it is held, passes it on, once: afterwards it is held no more as far as the recorder is concerned. */
    void surrender(Consumer<Subject> to);

    /** Where holdings are found. */
    interface Source {

        /** Visits each; one that comes or goes meanwhile may be missed. */
        void forEach(Consumer<? super Holding> visitor);

        /** How many have begun. */
        long begun();
    }
}
