// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import org.jspecify.annotations.Nullable;

/** A thread of the interpreted program. It runs when it is started; programs do nothing between start and join. */
final class Worker {
    final @Nullable Object task;
    /** A thread that has ended may still hold its task, or not: that depends on the JDK. */
    boolean ended;

    Worker(@Nullable Object task) {
        this.task = task;
    }
}
