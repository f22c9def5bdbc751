// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench.counted;

import java.util.List;
import java.util.Locale;

/** The ways of closing a handle. */
public enum Closing {
    /** The weaver's count, with each life counted as HeldBy does if it is not told otherwise. */
    COUNTED,
    /** The weaver's count alone. */
    UNRECORDED,
    /** A count by hand. */
    RETAINED,
    /** Try-with-resources. */
    SCOPED,
    /** A cleaner. */
    CLEANED;

    HandleWork open() {
        return switch (this) {
            case COUNTED, UNRECORDED ->
                WovenClasses.make(HandleWork.class, CountedHandles.class, CountedHandles.Handle.class);
            case RETAINED -> new RetainedHandles();
            case SCOPED -> new ScopedHandles();
            case CLEANED -> new CleanedHandles();
        };
    }

    List<String> jvmArguments() {
        return this == UNRECORDED ? List.of("-Dheldby.level=off") : List.of();
    }

    /** Whether handles can be shared, so that something counts. */
    boolean counts() {
        return this != SCOPED && this != CLEANED;
    }

    String shown() {
        return name().toLowerCase(Locale.ROOT);
    }
}
