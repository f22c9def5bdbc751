// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

/**
 * The class of every view that {@link Handle#view} makes: an object that carries out each call on the target of a handle. Only
 * generated classes extend it; it is public because they lie in the packages of the program's interfaces.
 */
public abstract class CheckedView {
    protected final Handle<?> handle;

    protected CheckedView(Handle<?> handle) {
        this.handle = handle;
    }

    /** Another view, of the same class. */
    protected abstract CheckedView ofHandle(Handle<?> other);

    @Override
    public boolean equals(Object other) {
        return other instanceof CheckedView view && handle.get().equals(view.handle.get());
    }

    @Override
    public int hashCode() {
        return handle.get().hashCode();
    }

    @Override
    public String toString() {
        return handle.get().toString();
    }
}
