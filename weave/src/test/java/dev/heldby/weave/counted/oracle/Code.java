// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import org.jspecify.annotations.Nullable;

/** A part of a program, ready to run: an expression gives its value, a statement nothing or the jump that it ended with. */
@FunctionalInterface
interface Code {
    @Nullable
    Object run(Frame frame);
}
