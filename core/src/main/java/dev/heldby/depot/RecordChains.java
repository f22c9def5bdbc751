// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The records by what their stacks are: a hash table of linked records.
 *
 * <p>Any thread may look a record up without a lock; only the holder of the depot's lock links and unlinks. A record that
 * is unlinked still leads to its successors, so that who stands on it goes on; the collector is the grace period that the
 * kernel's depot has to wait for. A look-up that races may miss a record, and then repeats under the lock.
 */
final class RecordChains {
    private static final int BUCKETS = 1 << 14;

    /* Written under the depot's lock, as is each record's next; volatile, so that who sees a record sees all of it. */
    private final AtomicReferenceArray<StackRecord> buckets = new AtomicReferenceArray<>(BUCKETS);

    /** The record of that stack, or null. */
    StackRecord find(Fingerprinter.Fingerprint fingerprint) {
        StackRecord record = buckets.get(bucket(fingerprint.high, fingerprint.low));
        while (record != null && !fingerprint.matches(record)) {
            record = record.next;
        }
        return record;
    }

    void link(StackRecord record) {
        int bucket = bucket(record.high, record.low);
        record.next = buckets.get(bucket);
        buckets.set(bucket, record);
    }

    void unlink(StackRecord record) {
        int bucket = bucket(record.high, record.low);
        StackRecord before = buckets.get(bucket);
        if (before == record) {
            buckets.set(bucket, record.next);
            return;
        }
        while (before.next != record) {
            before = before.next;
        }
        before.next = record.next;
    }

    private static int bucket(long high, long low) {
        return (int) (high ^ low >>> 32) & BUCKETS - 1;
    }
}
