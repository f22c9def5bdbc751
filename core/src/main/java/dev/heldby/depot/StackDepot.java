// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Stacks, each stored once and known by a 32-bit {@link StackHandle}; handle 0 is no stack.
 *
 * <p>Any thread may call anything at any time. A save that finds its stack takes no lock; one that does not makes the
 * stack's elements, then takes the depot's lock and looks again, so that threads racing with one new stack make one
 * record. Longer stacks are cut to their {@value #MAX_FRAMES} innermost frames before they are compared, so that a cut
 * stack is stored once too.
 *
 * <p>A stack that was ever {@link #save saved} is permanent. One that was only {@link #saveCounted saved counted} is
 * reclaimed when each of these saves was {@link #put}, and its handle then names nothing, for good. Past the capacity, or
 * when all handles were given, a save of a new stack returns 0; what is held stays.
 *
 * <p>The depot refuses no call: to what makes no sense it answers with no stack, and tells its complaints, one sentence
 * each, on the thread that called and without a lock. With a capacity of 0 it is off: it saves nothing, looks at no stack
 * and never complains.
 *
 * <p>A save costs the capture of the stack and its fingerprint, a counted one a compare-and-set more. After the kernel's
 * {@code stackdepot} (lib/stackdepot.c), with its operations, and {@code saveCounted} for its flag GET.
 */
public final class StackDepot {
    /** A multiple of the 32 frames that HotSpot keeps in one piece, less the few frames of our own. */
    public static final int MAX_FRAMES = 128;

    private final int capacity;
    private final Consumer<String> complaints;
    private final Fingerprinter fingerprinter;
    private final RecordChains chains = new RecordChains();
    private final RecordPlaces places = new RecordPlaces();
    private final AtomicBoolean saidFull = new AtomicBoolean();

    /* Guarded by this. */
    private int permanent;
    private int countedInUse;
    private long countedSaves;
    private long countedFrees;
    private long refused;

    /** A depot for at most so many distinct stacks, which keeps its complaints to itself. */
    public StackDepot(int capacity) {
        this(capacity, complaint -> {});
    }

    /** A depot for at most so many distinct stacks. */
    public StackDepot(int capacity, Consumer<String> complaints) {
        this(capacity, complaints, cheapest());
    }

    StackDepot(int capacity, Consumer<String> complaints, Fingerprinter fingerprinter) {
        if (capacity < 0 || capacity > StackHandle.MAX_PLACE) {
            throw new IllegalArgumentException("A stack depot cannot have the capacity " + capacity
                    + ": its handles tell 0 to " + StackHandle.MAX_PLACE + " stacks apart.");
        }
        Fingerprinter.Fingerprint.prepare();
        this.capacity = capacity;
        this.complaints = complaints;
        this.fingerprinter = fingerprinter;
    }

    private static Fingerprinter cheapest() {
        Fingerprinter backtrace = BacktraceFingerprinter.create();
        return backtrace == null ? new ElementFingerprinter() : backtrace;
    }

    /** Saves the stack of the caller for good and returns its handle; 0 if the depot is full or off. */
    public int save() {
        return isOff() ? 0 : save(new StackCapture());
    }

    /**
     * Saves the stack of the caller until the handle is {@link #put}, and returns it; 0, which need not be put, if the
     * depot is full or off. The caller owns this one save.
     */
    public int saveCounted() {
        return isOff() ? 0 : saveCounted(new StackCapture());
    }

    private boolean isOff() {
        return capacity == 0;
    }

    /** Saves a captured stack for good and returns its handle; 0 if the depot is full or off. */
    public int save(StackCapture capture) {
        if (isOff()) {
            return 0;
        }
        Fingerprinter.Fingerprint fingerprint = fingerprint(capture);
        StackRecord found = chains.find(fingerprint);
        return found != null && found.isPermanent() ? found.handle : saveUnderLock(capture, fingerprint, false);
    }

    private int saveCounted(StackCapture capture) {
        Fingerprinter.Fingerprint fingerprint = fingerprint(capture);
        StackRecord found = chains.find(fingerprint);
        return found != null && found.increment() ? found.handle : saveUnderLock(capture, fingerprint, true);
    }

    private Fingerprinter.Fingerprint fingerprint(StackCapture capture) {
        Fingerprinter.Fingerprint fingerprint = new Fingerprinter.Fingerprint();
        fingerprinter.fingerprint(capture, fingerprint);
        return fingerprint;
    }

    private int saveUnderLock(StackCapture capture, Fingerprinter.Fingerprint fingerprint, boolean counted) {
        List<StackTraceElement> frames = capture.programFrames();
        if (frames.isEmpty()) {
            return 0;
        }
        int handle = findOrInsert(fingerprint, frames, counted);
        if (handle == 0 && saidFull.compareAndSet(false, true)) {
            complaints.accept("The stack depot used up its capacity of " + capacity
                    + " stacks, or all its handles: new stacks get the handle 0; give it a larger capacity.");
        }
        return handle;
    }

    private synchronized int findOrInsert(
            Fingerprinter.Fingerprint fingerprint, List<StackTraceElement> frames, boolean counted) {
        StackRecord found = chains.find(fingerprint);
        if (found == null) {
            return insert(fingerprint, frames, counted);
        }
        if (counted) {
            found.increment();
        } else if (found.makePermanent()) {
            countedInUse--;
            permanent++;
        }
        return found.handle;
    }

    private int insert(Fingerprinter.Fingerprint fingerprint, List<StackTraceElement> frames, boolean counted) {
        int handle = permanent + countedInUse < capacity ? places.take() : 0;
        if (handle == 0) {
            refused++;
            return 0;
        }
        if (counted) {
            countedInUse++;
            countedSaves++;
        } else {
            permanent++;
        }
        StackRecord record = new StackRecord(fingerprint, handle, frames, counted ? 1 : StackRecord.PERMANENT);
        places.set(record);
        chains.link(record);
        return handle;
    }

    /** Gives back one counted save of that stack; nothing for 0. At the last one of a stack that is not permanent, it goes. */
    public void put(int handle) {
        StackRecord record = find(handle);
        if (record != null && !record.decrementUnlessLast() && !putUnderLock(record)) {
            complainOfPut(handle, record);
        }
    }

    /* The last count goes under the lock, as with the kernel's refcount_dec_and_lock: no saver there finds a dead record. */
    private synchronized boolean putUnderLock(StackRecord record) {
        while (!record.decrementUnlessLast()) {
            if (record.decrementLast()) {
                chains.unlink(record);
                places.free(record.handle);
                countedInUse--;
                countedFrees++;
                return true;
            }
            if (record.count() == 0) {
                return false;
            }
        }
        return true;
    }

    private void complainOfPut(int handle, StackRecord record) {
        if (record.isPermanent()) {
            complaints.accept("The stack with the handle " + handle
                    + " is permanent and all its counted saves were put: put only what saveCounted() returned, once.");
        } else {
            complainOfHandle(handle);
        }
    }

    /** The stack of that handle. None for 0 and, with a complaint, for a handle that names nothing, or nothing any more. */
    public StackRecord fetch(int handle) {
        StackRecord record = find(handle);
        return record == null ? StackRecord.ofNoStack() : record;
    }

    private StackRecord find(int handle) {
        StackRecord record = handle == 0 ? null : places.find(handle);
        if (record == null && handle != 0 && !isOff()) {
            complainOfHandle(handle);
        }
        return record;
    }

    private void complainOfHandle(int handle) {
        complaints.accept("No stack has the handle " + handle + ": it is corrupt, or used after its last put.");
    }

    /** The frames of that handle, as {@link #fetch} finds them. */
    public List<StackTraceElement> frames(int handle) {
        return fetch(handle).frames();
    }

    /** The frames of that handle, a line each behind so many blanks; cut to so many characters, and empty for no stack. */
    public String text(int handle, int indent, int maxChars) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : frames(handle)) {
            text.append(" ".repeat(indent)).append(frame).append('\n');
        }
        text.setLength(Math.min(text.length(), maxChars));
        return text.toString();
    }

    /** Visits each stack held, and perhaps some that come or go meanwhile. Takes no lock. */
    public void forEach(Consumer<StackRecord> visitor) {
        places.forEach(visitor);
    }

    public synchronized DepotStatistics statistics() {
        return new DepotStatistics(permanent, countedInUse, countedSaves, countedFrees, places.freePlaces(), refused);
    }
}
