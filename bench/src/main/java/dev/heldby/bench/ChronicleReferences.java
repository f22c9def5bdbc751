// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.util.function.Supplier;
import net.openhft.chronicle.core.io.AbstractReferenceCounted;
import net.openhft.chronicle.core.io.ClosedIllegalStateException;
import net.openhft.chronicle.core.io.ReferenceOwner;

/**
 * Chronicle's: the resource is reserved by and released for an owner, each thread's own.
 *
 * <p>What {@code throwExceptionIfNotReleased} throws suppresses the stacks of the reservations; a second release throws with
 * the stack of the first as its cause.
 */
final class ChronicleReferences implements References {
    private final AbstractReferenceCounted resource;
    private final ReferenceOwner owner = ReferenceOwner.temporary("bench");

    /** A resource that nothing has to be done for. */
    private static final class Nothing extends AbstractReferenceCounted {
        @Override
        protected void performRelease() {}
    }

    private ChronicleReferences(AbstractReferenceCounted resource) {
        this.resource = resource;
    }

    static Supplier<References> resource() {
        AbstractReferenceCounted resource = new Nothing();
        return () -> new ChronicleReferences(resource);
    }

    @Override
    public Object take() {
        resource.reserve(owner);
        return owner;
    }

    @Override
    public void release(Object reference) {
        resource.release((ReferenceOwner) reference);
    }

    @Override
    public String whileHeld(Object reference) {
        try {
            resource.throwExceptionIfNotReleased();
            return "";
        } catch (IllegalStateException e) {
            return Text.of(e);
        }
    }

    @Override
    public String afterRelease(Object reference) {
        try {
            resource.release((ReferenceOwner) reference);
            return "";
        } catch (ClosedIllegalStateException e) {
            return Text.of(e.getCause());
        }
    }
}
