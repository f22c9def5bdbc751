// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The part of the live set that one thread adds to.
 *
 * <pre>
 *   pages:  [ x . x x . ]  [ . . x . . ]      x a lifecycle, . empty
 *   free:   slots that are known to be empty, a stack
 * </pre>
 *
 * <p>Only the owner adds, into a slot that it takes from its free stack. Anyone removes, by emptying the slot: the owner
 * then also puts it on the stack, another thread cannot. When the stack is empty the owner looks through its pages; each
 * empty slot is one that others emptied, and no slot is on the stack twice. Slots are written with release and visited
 * with acquire order, so a visitor sees a whole lifecycle. Two threads may remove the same one, as the reaper and
 * {@link Reaper#collect} do: the one that takes its ledger away from it empties the slot, so that the other cannot empty
 * it of what came since.
 */
final class Ledger {
    private static final int PAGE = 64;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Lifecycle[].class);
    private static final VarHandle LEDGER;

    static {
        try {
            LEDGER = MethodHandles.lookup().findVarHandle(Lifecycle.class, "ledger", Ledger.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile List<Lifecycle[]> pages = List.of();
    private volatile WeakReference<Thread> owner = new WeakReference<>(Thread.currentThread());
    /** Touched by the owner alone; encodes page and index. */
    private int[] free = new int[PAGE];

    private int freeCount;
    private long begun;

    /** Makes the calling thread the owner, if the owner so far has died. */
    boolean adopt() {
        Thread thread = owner.get();
        if (thread != null && thread.isAlive()) {
            return false;
        }
        owner = new WeakReference<>(Thread.currentThread());
        return true;
    }

    void add(Lifecycle lifecycle) {
        if (freeCount == 0) {
            findFree();
        }
        int slot = free[--freeCount];
        lifecycle.slot = slot;
        lifecycle.ledger = this;
        SLOT.setRelease(pages.get(slot / PAGE), slot % PAGE, lifecycle);
    }

    /** Does nothing if it is not there, or if another thread is removing it. */
    static void remove(Lifecycle lifecycle) {
        Ledger ledger = lifecycle.ledger;
        int slot = lifecycle.slot;
        if (ledger != null && LEDGER.compareAndSet(lifecycle, ledger, (Ledger) null)) {
            ledger.empty(slot);
        }
    }

    private void empty(int slot) {
        boolean own = owner.refersTo(Thread.currentThread());
        SLOT.setRelease(pages.get(slot / PAGE), slot % PAGE, null);
        if (own && freeCount < free.length) {
            free[freeCount++] = slot;
        }
    }

    /* A new page when the look finds less than a quarter empty, so that looks stay rare. */
    private void findFree() {
        int found = 0;
        List<Lifecycle[]> all = pages;
        free = new int[Math.max(PAGE, all.size() * PAGE)];
        for (int slot = 0; slot < all.size() * PAGE; slot++) {
            if (SLOT.getAcquire(all.get(slot / PAGE), slot % PAGE) == null) {
                free[found++] = slot;
            }
        }
        if (found < free.length / 4 || all.isEmpty()) {
            found = grow(all, found);
        }
        freeCount = found;
    }

    private int grow(List<Lifecycle[]> all, int found) {
        int newPages = Math.max(1, all.size() / 2);
        List<Lifecycle[]> more = new ArrayList<>(all);
        int[] moreFree = new int[(all.size() + newPages) * PAGE];
        System.arraycopy(free, 0, moreFree, 0, found);
        for (int page = all.size(); page < all.size() + newPages; page++) {
            more.add(new Lifecycle[PAGE]);
            for (int i = 0; i < PAGE; i++) {
                moreFree[found++] = page * PAGE + i;
            }
        }
        pages = List.copyOf(more);
        free = moreFree;
        return found;
    }

    /** How many lifecycles it has slots for. */
    int room() {
        return pages.size() * PAGE;
    }

    void countBirth() {
        begun++;
    }

    long begun() {
        return begun;
    }

    void forEach(Consumer<Lifecycle> visitor) {
        for (Lifecycle[] page : pages) {
            for (int i = 0; i < PAGE; i++) {
                Lifecycle lifecycle = (Lifecycle) SLOT.getAcquire(page, i);
                if (lifecycle != null) {
                    visitor.accept(lifecycle);
                }
            }
        }
    }
}
