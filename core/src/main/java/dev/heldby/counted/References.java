// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What woven code calls where references to counted objects are copied, dropped and handed over. The names and descriptors are
 * the weaver's contract.
 *
 * <p>Any thread may call any method, with null and with objects that are not counted, for which it does nothing. Only
 * destructors run inside: what they throw is complained of and goes no further.
 */
@SuppressWarnings("ReferenceEquality") // identity is what is meant
public final class References {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Object[].class);

    /** Takes a reference to what a copied field refers to. */
    static final Countable.Visitor HOLD = (field, value) -> hold(value);

    private References() {}

    static @Nullable Count count(@Nullable Object object) {
        if (object instanceof Countable countable) {
            Count count = countable.heldby$count();
            return count == null ? Adoption.count(countable) : count;
        }
        return object == null || !Externals.mayCount(object.getClass()) ? null : Externals.find(object);
    }

    /** Takes a reference to an object that somebody holds. */
    public static @Nullable Object retain(@Nullable Object object) {
        Count count = count(object);
        if (count != null) {
            if (!count.take() && count.destroyer != Thread.currentThread()) {
                Faults.used(object, count);
            }
            taken(object, count);
        }
        return object;
    }

    private static void taken(@Nullable Object object, Count count) {
        if (count.isOwn) {
            OwnCount.retain(object, count);
        }
        Tracing.change(object, count, 1);
    }

    /** Gives a reference back, and destroys the object if it was the last one. */
    public static void release(@Nullable Object object) {
        Count count = count(object);
        if (count != null && object != null) {
            Tracing.change(object, count, -1);
            if (count.give()) {
                Destruction.of(object, count);
            } else if (count.isOwn) {
                OwnCount.release(object, count);
            }
        }
    }

    /** Takes a reference to an object that perhaps nobody holds any more; false if it is destroyed. */
    public static boolean take(@Nullable Object object) {
        Count count = count(object);
        if (count == null) {
            return true;
        }
        if (!count.tryTake()) {
            return false;
        }
        taken(object, count);
        return true;
    }

    /** As {@link #retain}, of an object that no woven code may hold: a destroyed one is complained of. */
    public static @Nullable Object hold(@Nullable Object object) {
        return take(object) ? object : retain(object);
    }

    /**
     * Takes a reference to what a field refers to, after an attempt with what was seen there came too late: then another
     * thread has overwritten the field meanwhile.
     */
    public static @Nullable Object retake(VarHandle field, @Nullable Object owner, @Nullable Object seen) {
        Object last = seen;
        while (true) {
            Object now = owner == null ? field.getVolatile() : field.getVolatile(owner);
            if (now == last) {
                return retain(now);
            }
            if (take(now)) {
                return now;
            }
            last = now;
        }
    }

    /** The object with a reference to it, or null if it is destroyed. */
    public static @Nullable Object strengthen(@Nullable Object object) {
        return take(object) ? object : null;
    }

    /** Leaves the caller's reference for the woven method to which this thread is about to return. */
    public static void handOver(@Nullable Object object) {
        if (object instanceof Countable || count(object) != null) {
            InFlight.ofThread().returned = object;
        }
    }

    /** Takes the reference to what a call has just returned, which perhaps came with one. */
    public static @Nullable Object received(@Nullable Object object) {
        InFlight inFlight = InFlight.ofThread();
        Object returned = inFlight.returned;
        inFlight.returned = null;
        return returned == object ? object : hold(object);
    }

    /** Leaves the caller's reference for the handler of the exception that this thread is about to throw. */
    public static void thrown(@Nullable Object exception) {
        if (count(exception) != null) {
            InFlight.ofThread().thrown = exception;
        }
    }

    /** Takes the reference to an exception that has just been caught. */
    public static @Nullable Object caught(@Nullable Object exception) {
        InFlight inFlight = InFlight.ofThread();
        Object thrown = inFlight.thrown;
        inFlight.thrown = null;
        return thrown == exception ? exception : hold(exception);
    }

    /** The constructor has begun: the object is one of a counted type. */
    public static void born(Object object, Count count) {
        count.isOwn = object instanceof OwnCounted;
        Statistics.allocated(object, count);
    }

    /** The caller has made the object, at that place. */
    public static void made(@Nullable Object object, String place) {
        Count count = count(object);
        if (count != null && count.bornAt.isEmpty()) {
            count.bornAt = place;
            Tracing.change(object, count, 1);
        }
    }

    /** The object's constructor failed: it is not destroyed, but what it holds is given up with the last reference to it. */
    public static void unborn(Object object) {
        Count count = count(object);
        if (count != null) {
            count.unborn = true;
            Statistics.unborn(object, count);
            release(object);
        }
    }

    /** A method of a counted object was called. */
    public static void use(Countable object) {
        Count count = object.heldby$count();
        if (count != null && count.isDestroyed() && count.destroyer != Thread.currentThread()) {
            Faults.used(object, count);
        }
    }

    /** A new array that may hold references; it has one reference. */
    public static void array(Object array) {
        Externals.add(array, List.of());
    }

    /** As {@link #array}, for an array whose elements were copied from another. */
    public static void copiedArray(Object[] array) {
        Externals.add(array, List.of());
        for (Object element : array) {
            hold(element);
        }
    }

    /** A copy that {@code clone} made: it needs a count of its own, and references to what it holds. */
    public static Object copied(Object copy) {
        if (Containers.isContainer(copy.getClass())) {
            Containers.made(copy);
        } else if (copy instanceof Countable countable) {
            Count count = new Count();
            countable.heldby$count(count);
            countable.heldby$visit(HOLD);
            if (countable instanceof CountedObject) {
                born(copy, count);
            }
        } else if (copy instanceof Object[] array) {
            copiedArray(array);
        }
        return copy;
    }

    /** An element, with a reference to it. */
    public static @Nullable Object element(@Nullable Object[] array, int index) {
        Object seen = array[index];
        while (!take(seen)) {
            Object now = ELEMENT.getVolatile(array, index);
            if (now == seen) {
                return retain(now);
            }
            seen = now;
        }
        return seen;
    }

    /** Puts the caller's reference into an array, and gives up the one that was there. */
    public static void setElement(@Nullable Object[] array, int index, @Nullable Object element) {
        if (count(element) != null && count(array) == null) {
            Adoption.array(array);
        }
        Object old = ELEMENT.getAndSet(array, index, element);
        Count count = count(array);
        if (count != null && !count.isLent()) {
            release(old); // what others have put into an array that was lent came without a reference
        }
    }

    /** {@link System#arraycopy}, of references too. */
    public static void arraycopy(Object from, int start, Object to, int at, int length) {
        if (to instanceof Object[] target && from instanceof Object[] source && length > 0) {
            ArrayCopy.copy(source, start, target, at, length);
        } else {
            System.arraycopy(Objects.requireNonNull(from), start, Objects.requireNonNull(to), at, length);
        }
    }

    /** A new function object, which holds what it captured. */
    public static void captured(Object function, @Nullable Object[] values) {
        for (Object value : values) {
            retain(value);
        }
        Externals.add(function, Arrays.asList(values));
    }
}
