// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import dev.heldby.Level;
import dev.heldby.recording.LibraryLevel;
import dev.heldby.recording.Witness;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One reference to a counted object: its holder's own, checked access to it. The kernel's counterpart is a wrapper of perf's
 * {@code RC_CHK}.
 *
 * <pre>{@code
 * Handle<Maps> first = Handle.of(new Maps(), Maps::free);   // new: one reference
 * Handle<Maps> second = first.retain();                     // get: a handle of its own, which the holder uses
 * first.close();                                            // put
 * second.get().insert(map);                                 // access; through first it would be refused
 * second.close();                                           // the last put: Maps::free runs
 * }</pre>
 *
 * <p>Access through a closed handle is refused with a {@link LapsedHandleException} although others keep the object alive. A
 * second close does nothing but complain. A handle that is collected without its close is a finding that names where it was
 * taken; its reference stays, and the destructor never runs behind the program's back.
 *
 * <p>Owned by one holder, on one thread at a time; a handle is handed over like any other object. Handles of one object
 * may be used by many threads at once. Equality is identity, since each handle is another reference: {@link #same}
 * compares the objects.
 *
 * <p>An access costs what reading a field does, a get one small object and what the level has written down of it.
 *
 * <p>Where the library is off when the first handle is made, there is only this one: {@link #retain} counts and returns it,
 * {@link #view} returns the object, and nothing is checked or recorded.
 */
/*
 * target: written once, to null, by the atomic exchange that decides who gives the handle back. Read plainly, so that an
 * access costs what a field read does: a thread that gave the handle back, or learned of that in any ordered way, is
 * refused for certain; one that races with the put may get the object once more, as in the kernel. The final fields
 * see to it that a handle is seen whole even by a thread that got it through a race.
 */
public final class Handle<T> implements AutoCloseable {
    private static final VarHandle TARGET;

    static {
        try {
            TARGET = MethodHandles.lookup().findVarHandle(Handle.class, "target", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Counted<T> counted;
    /** What the recorder knows this handle by; null if it is not followed. */
    private final Object life;

    private T target;

    /** Made with the first handle, so that the library's rule appears only where it is used. */
    private static final class OfProcess {
        static final Witness WITNESS = Witness.ofProcess("handle");
    }

    private Handle(Counted<T> counted, T target) {
        this.counted = counted;
        this.target = target;
        life = isChecked() ? counted.witness.born(this, counted.family) : null;
    }

    /**
     * The first handle of a new object: its count is one. The destructor runs when the last handle is closed, on the
     * thread that does it.
     */
    public static <T> Handle<T> of(T target, Consumer<? super T> destructor) {
        return of(target, destructor, LibraryLevel.OFF ? null : OfProcess.WITNESS);
    }

    static <T> Handle<T> of(T target, Consumer<? super T> destructor, Witness witness) {
        Objects.requireNonNull(target, "A handle needs a target.");
        Objects.requireNonNull(destructor, "A handle needs a destructor; one that does nothing is x -> {}.");
        boolean off = witness == null || witness.level() == Level.OFF;
        return new Handle<>(new Counted<>(target.getClass(), destructor, off ? null : witness), target);
    }

    /**
     * Another reference: the caller uses the handle returned, and closes it.
     *
     * @throws LapsedHandleException if this one is closed
     */
    public Handle<T> retain() {
        if (!isChecked()) {
            counted.get();
            return this;
        }
        // Made first, so that nothing is counted if there is no memory for it.
        Handle<T> another = new Handle<>(counted, get());
        if (!counted.get()) {
            counted.witness.ended(another.life);
            throw lapsed();
        }
        return another;
    }

    /** {@link #retain}, and null for null. */
    public static <T> Handle<T> retainNullable(Handle<T> handle) {
        return handle == null ? null : handle.retain();
    }

    /**
     * The object. Not to be kept: what is kept is not checked any more.
     *
     * @throws LapsedHandleException if this handle is closed
     */
    public T get() {
        T open = target;
        if (!LibraryLevel.OFF && (open == null || Counted.anyForced)) {
            return examined(open);
        }
        return open;
    }

    private T examined(T open) {
        if (open == null || isChecked() && counted.isForced()) {
            throw lapsed();
        }
        return open;
    }

    private LapsedHandleException lapsed() {
        return new HandleFault(this).lapsed();
    }

    /** Gives the reference back; if it was the last one the destructor runs now. */
    @Override
    public void close() {
        if (!isChecked()) {
            counted.put(target);
            return;
        }
        T open = giveUp();
        if (open == null) {
            new HandleFault(this).putTwice();
            return;
        }
        try {
            counted.witness.ended(life);
        } finally {
            // Also if there was no memory to record it in.
            counted.put(open);
        }
    }

    /** {@link #close}, and nothing for null. */
    public static void closeNullable(Handle<?> handle) {
        if (handle != null) {
            handle.close();
        }
    }

    /**
     * Ends the object although references may be left: gives this one back and runs the destructor. Each other handle that
     * is open is a finding, and access through it is refused from now on; closing it does nothing.
     *
     * @throws LapsedHandleException if this handle is closed
     */
    public void destroy() {
        T last = get();
        if (isChecked()) {
            if (giveUp() == null) {
                throw lapsed();
            }
            try {
                counted.witness.ended(life);
            } finally {
                HandleFault.destroy(this, last);
            }
        } else if (counted.force() > 0) {
            counted.destroy(last);
        }
    }

    /** Null if it was given back before, or another thread is faster. */
    @SuppressWarnings("unchecked")
    private T giveUp() {
        return (T) TARGET.getAndSet(this, (Object) null);
    }

    /**
     * A transparent view: an object of that interface which carries out each call on the target, through this handle. Its
     * {@code equals} compares the targets of two views.
     *
     * @throws LapsedHandleException if this handle is closed; each call of the view's does the same
     * @throws IllegalArgumentException if the type is not a public interface in an exported package; it says what to do
     */
    public <V> V view(Class<V> type) {
        T open = get();
        Views.requireView(type, open);
        return type.cast(isChecked() ? Views.of(type).ofHandle(this) : open);
    }

    /**
     * As {@link #view(Class)}, for any interface that is accessible where the lookup was made.
     *
     * @param lookup {@code MethodHandles.lookup()}, called in the interface's package if the interface is not public
     */
    public <V> V view(Class<V> type, MethodHandles.Lookup lookup) {
        T open = get();
        Views.requireView(type, open);
        return type.cast(isChecked() ? Views.of(type, lookup).ofHandle(this) : open);
    }

    /** Whether both are handles of one object, or both null. No access: they may be closed. */
    @SuppressWarnings("ReferenceEquality")
    public static boolean same(Handle<?> one, Handle<?> other) {
        if (one == null || other == null) {
            return one == other;
        }
        return one.counted == other.counted || one.target != null && one.target == other.target;
    }

    /** How many references the object has at this moment: of use in tests and messages only. */
    public int count() {
        return counted.count();
    }

    private boolean isChecked() {
        return !LibraryLevel.OFF && counted.witness != null;
    }

    Counted<T> counted() {
        return counted;
    }

    boolean isOpen() {
        return target != null;
    }

    Object life() {
        return life;
    }

    /** The object's class and a number of this handle's, such as {@code Maps@1b2c3d}. */
    @Override
    public String toString() {
        Class<?> type = isChecked() ? counted.family.type() : target.getClass();
        String name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1) + '@' + Integer.toHexString(System.identityHashCode(this));
    }
}
