// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench.counted;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The ways of closing a handle. */
public enum Closing {
    /** The weaver's count, with each life counted as HeldBy does if it is not told otherwise. */
    COUNTED(List.of(), () -> WovenClasses.make(HandleWork.class, CountedHandles.class, CountedHandles.Handle.class)),
    /** The weaver's count alone. */
    UNRECORDED(List.of("-Dheldby.level=off"), COUNTED.work),
    /** A count by hand. */
    RETAINED(List.of(), RetainedHandles::new),
    /** Try-with-resources. */
    SCOPED(List.of(), ScopedHandles::new),
    /** A cleaner. */
    CLEANED(List.of(), CleanedHandles::new);

    private final List<String> jvmArguments;
    private final Supplier<HandleWork> work;

    Closing(List<String> jvmArguments, Supplier<HandleWork> work) {
        this.jvmArguments = jvmArguments;
        this.work = work;
    }

    HandleWork open() {
        return work.get();
    }

    List<String> jvmArguments() {
        return jvmArguments;
    }

    /** Whether handles can be shared, so that something counts. */
    boolean counts() {
        return this != SCOPED && this != CLEANED;
    }

    String shown() {
        return name().toLowerCase(Locale.ROOT);
    }
}
