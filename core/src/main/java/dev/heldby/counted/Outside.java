// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import org.jspecify.annotations.Nullable;

/**
 * What woven code calls where it meets code that is not woven: what it passes is lent, unless that is a container of the JDK,
 * and what it gets may never have been counted. The names and descriptors are the weaver's contract.
 *
 * <p>Any thread may call any method, with null and with objects that are not counted, for which it does nothing.
 */
@SuppressWarnings("ReferenceEquality") // identity is what is meant
public final class Outside {
    private Outside() {}

    /** The object is about to come to a place, of that name, that is not woven and may keep it. */
    public static void lend(@Nullable Object object, String place) {
        Count count = References.count(object);
        if (count != null && count.lend()) {
            Tracing.lent(object, count, place);
        }
    }

    /** As {@link #lend}, to a method of that receiver. Nothing is, if that is null, and so not called. */
    public static void lendTo(@Nullable Object object, @Nullable Object receiver, String method) {
        if (receiver != null && !(receiver instanceof Woven) && !isCountedContainer(receiver)) {
            lend(object, method);
        }
    }

    /** The work that woven code is about to give to another thread, which holds it until it is done. */
    public static @Nullable Object task(@Nullable Object work) {
        return Task.of(work);
    }

    /** A container holds what it is passed, if it keeps it at all. */
    private static boolean isCountedContainer(Object receiver) {
        if (!Containers.isContainer(receiver.getClass())) {
            return false;
        }
        adopt(receiver);
        return true;
    }

    /** As {@link References#received}, from code that is not woven: what it made and nobody counted is counted from now on. */
    public static @Nullable Object receivedOutside(@Nullable Object object) {
        adopt(object);
        return References.received(object);
    }

    /** As {@link #receivedOutside}, from a method of that object: a container that a container returns is a view of it. */
    public static @Nullable Object receivedFrom(@Nullable Object object, @Nullable Object receiver) {
        if (object != null
                && References.count(object) == null
                && Containers.isContainer(object.getClass())
                && receiver != null
                && Containers.isContainer(receiver.getClass())
                && References.count(receiver) != null) {
            Containers.view(object, receiver);
            return object;
        }
        return receivedOutside(object);
    }

    /** Woven code has called that method of a container, with that argument, if there was one, and that result. */
    public static void called(
            @Nullable Object container, String method, @Nullable Object argument, @Nullable Object result) {
        if (container != null && Containers.isContainer(container.getClass())) {
            Containers.called(container, method, argument, result);
        }
    }

    /** Code that is not woven may have put something into that array, or into that container. */
    public static void filled(@Nullable Object object) {
        if (object instanceof Object[] array) {
            Adoption.filled(array);
        } else if (object != null) {
            called(object, "", null, null);
        }
    }

    /** A new container of the JDK, made by woven code. */
    public static void container(Object container) {
        if (Containers.isContainer(container.getClass())) {
            Containers.made(container);
        }
    }

    private static void adopt(@Nullable Object object) {
        if (object instanceof Object[] array) {
            if (References.count(array) == null) {
                Adoption.array(array);
            }
        } else if (object != null && Containers.isContainer(object.getClass()) && References.count(object) == null) {
            Containers.adopt(object);
        }
    }

    /** Takes a reference to what a field of code that is not woven refers to. */
    public static @Nullable Object adopted(@Nullable Object object) {
        adopt(object);
        return References.hold(object);
    }

    /** What a call of code that is not woven has just made: it came with its one reference. */
    public static @Nullable Object given(@Nullable Object object) {
        if (object instanceof Object[] array) {
            References.copiedArray(array);
        } else if (object != null && Containers.isContainer(object.getClass())) {
            if (References.count(object) != null) {
                return References.hold(object); // one that is shared, such as the empty list
            }
            Containers.made(object);
        }
        return object;
    }

    /** Takes over the reference that came with the result of a method that is marked {@link Owned}. */
    public static @Nullable Object owned(@Nullable Object object) {
        InFlight inFlight = InFlight.ofThread();
        boolean isHandedOver = inFlight.returned == object;
        inFlight.returned = null;
        return isHandedOver ? object : given(object);
    }

    /** As {@link #given}, of a container that is a view of that other object. */
    public static @Nullable Object givenView(@Nullable Object view, @Nullable Object container) {
        if (view == null
                || container == null
                || !Containers.isContainer(view.getClass())
                || References.count(view) != null) {
            return receivedOutside(view);
        }
        adopt(container);
        Count count = References.count(container);
        if (count != null && container instanceof Object[]) {
            count.lend();
        }
        Containers.view(view, container);
        return view;
    }
}
