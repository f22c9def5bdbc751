// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

/** An interface whose type parameter another one fixes. */
interface NamedToy<N extends CharSequence> {
    N name();

    void rename(N name);

    default String greeting() {
        return "Hello " + name();
    }
}
