// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The references that one thread is handing over: what a method returns or throws to a caller that may not be woven.
 *
 * <p>A woven method leaves its reference here just before it returns, a woven caller takes it just after. What is found
 * here of another object was returned to code that is not woven, which may have kept it: that reference stays for good.
 */
final class InFlight {
    private static final ThreadLocal<InFlight> OF_THREAD = ThreadLocal.withInitial(InFlight::new);

    @Nullable
    Object returned;

    @Nullable
    Object thrown;
    /** What is to be destroyed when what is being destroyed now is done; null while nothing is. */
    @Nullable
    ArrayDeque<Object> doomed;

    static InFlight ofThread() {
        return OF_THREAD.get();
    }
}
