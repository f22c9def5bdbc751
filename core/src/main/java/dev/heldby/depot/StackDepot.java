// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Stacks, each stored once and known by a 32-bit handle; handle 0 is no stack.
 *
 * <p>Any thread may save and fetch at any time. A save that finds its stack takes no lock; one that does not makes the
 * stack's elements, then takes the depot's lock and looks again, so that threads racing with one new stack make one
 * record. Records are never evicted: past the capacity a save returns 0 and {@link #refused()} grows.
 *
 * <p>Longer stacks are cut to their {@value #MAX_FRAMES} innermost frames before they are compared, so that a cut stack
 * is stored once too.
 */
public final class StackDepot {
    /** A multiple of the 32 frames that HotSpot keeps in one piece, less the few frames of our own. */
    public static final int MAX_FRAMES = 128;

    private static final int BUCKETS = 1 << 14;
    private static final int PAGE = 1 << 10;

    private final Fingerprinter fingerprinter;
    private final int capacity;
    private final AtomicReferenceArray<StackRecord> buckets = new AtomicReferenceArray<>(BUCKETS);
    /* Pages appear one by one under the lock; a handle reaches another thread only after its record and size were. */
    private final AtomicReferenceArray<AtomicReferenceArray<StackRecord>> pages;
    private final AtomicLong refused = new AtomicLong();
    private volatile int size;

    /** A depot for at most so many distinct stacks. */
    public StackDepot(int capacity) {
        this(capacity, cheapest());
    }

    StackDepot(int capacity, Fingerprinter fingerprinter) {
        this.capacity = capacity;
        this.fingerprinter = fingerprinter;
        this.pages = new AtomicReferenceArray<>(capacity / PAGE + 1);
    }

    private static Fingerprinter cheapest() {
        Fingerprinter backtrace = BacktraceFingerprinter.create();
        return backtrace == null ? new ElementFingerprinter() : backtrace;
    }

    /** Saves the stack of the caller and returns its handle, or 0 when the depot is full. */
    public int save() {
        StackCapture capture = new StackCapture();
        Fingerprinter.Fingerprint fingerprint = new Fingerprinter.Fingerprint();
        fingerprinter.fingerprint(capture, fingerprint);
        int bucket = fingerprint.bucket(BUCKETS - 1);
        StackRecord found = find(bucket, fingerprint);
        return found != null ? found.handle : insert(bucket, fingerprint, programFrames(capture));
    }

    private StackRecord find(int bucket, Fingerprinter.Fingerprint fingerprint) {
        StackRecord record = buckets.get(bucket);
        while (record != null && !fingerprint.matches(record)) {
            record = record.next;
        }
        return record;
    }

    private synchronized int insert(int bucket, Fingerprinter.Fingerprint fingerprint, List<StackTraceElement> frames) {
        StackRecord found = find(bucket, fingerprint);
        if (found != null) {
            return found.handle;
        }
        if (size == capacity) {
            refused.incrementAndGet();
            return 0;
        }
        StackRecord record = new StackRecord(fingerprint, size + 1, frames, buckets.get(bucket));
        page(size).set(size % PAGE, record);
        size = record.handle;
        buckets.set(bucket, record);
        return record.handle;
    }

    private AtomicReferenceArray<StackRecord> page(int index) {
        AtomicReferenceArray<StackRecord> page = pages.get(index / PAGE);
        if (page == null) {
            page = new AtomicReferenceArray<>(PAGE);
            pages.set(index / PAGE, page);
        }
        return page;
    }

    /**
     * The stack of that handle.
     *
     * @throws IllegalArgumentException if no stack has that handle
     */
    public StackRecord fetch(int handle) {
        if (handle <= 0 || handle > size) {
            throw new IllegalArgumentException("No stack has the handle " + handle + "; the depot holds " + size + ".");
        }
        return pages.get((handle - 1) / PAGE).get((handle - 1) % PAGE);
    }

    /** The frames of that handle, none for 0. */
    public List<StackTraceElement> frames(int handle) {
        return handle == 0 ? List.of() : fetch(handle).frames();
    }

    /** How many distinct stacks are stored. */
    public int size() {
        return size;
    }

    /** How many saves were answered with 0 because the depot was full. */
    public long refused() {
        return refused.get();
    }

    /** The stack without our own frames at its inner end, cut to the longest that we keep. */
    private static List<StackTraceElement> programFrames(StackCapture capture) {
        StackTraceElement[] all = capture.getStackTrace();
        int first = 0;
        while (first < all.length && OwnFrames.include(all[first].getClassName())) {
            first++;
        }
        return List.of(Arrays.copyOfRange(all, first, Math.min(all.length, MAX_FRAMES)));
    }
}
