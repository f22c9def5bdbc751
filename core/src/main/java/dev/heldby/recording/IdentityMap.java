// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

/**
 * The lifecycles of objects whose class has no room for a field of ours, found by the object's identity.
 *
 * <p>Any thread may call any method; the map is striped by hash. It holds no object: a lifecycle is a phantom reference,
 * and is asked whether it refers to the object at hand.
 */
final class IdentityMap {
    private static final int STRIPES = 64;
    private static final int STRIPE_BITS = 6;

    private final Stripe[] stripes = new Stripe[STRIPES];

    IdentityMap() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** The object's lifecycle, or null. */
    Lifecycle find(Object object) {
        int hash = System.identityHashCode(object);
        return stripe(hash).find(object, hash);
    }

    void put(Object object, Lifecycle lifecycle) {
        lifecycle.identityHash = System.identityHashCode(object);
        stripe(lifecycle.identityHash).add(lifecycle);
    }

    /** Does nothing if it is not there. */
    void remove(Lifecycle lifecycle) {
        stripe(lifecycle.identityHash).remove(lifecycle);
    }

    private Stripe stripe(int hash) {
        return stripes[hash & STRIPES - 1];
    }

    private static final class Stripe {
        private Lifecycle[] buckets = new Lifecycle[16];
        private int size;

        synchronized Lifecycle find(Object object, int hash) {
            Lifecycle at = buckets[bucket(hash)];
            while (at != null && !(at.identityHash == hash && at.refersTo(object))) {
                at = at.nextInBucket;
            }
            return at;
        }

        synchronized void add(Lifecycle lifecycle) {
            if (++size > buckets.length) {
                grow();
            }
            link(lifecycle);
        }

        private void link(Lifecycle lifecycle) {
            int bucket = bucket(lifecycle.identityHash);
            lifecycle.nextInBucket = buckets[bucket];
            buckets[bucket] = lifecycle;
        }

        synchronized void remove(Lifecycle lifecycle) {
            int bucket = bucket(lifecycle.identityHash);
            Lifecycle before = null;
            Lifecycle at = buckets[bucket];
            while (at != null && at != lifecycle) {
                before = at;
                at = at.nextInBucket;
            }
            if (at == null) {
                return;
            }
            if (before == null) {
                buckets[bucket] = at.nextInBucket;
            } else {
                before.nextInBucket = at.nextInBucket;
            }
            size--;
        }

        private void grow() {
            Lifecycle[] old = buckets;
            buckets = new Lifecycle[2 * old.length];
            for (Lifecycle first : old) {
                Lifecycle at = first;
                while (at != null) {
                    Lifecycle next = at.nextInBucket;
                    link(at);
                    at = next;
                }
            }
        }

        private int bucket(int hash) {
            return hash >>> STRIPE_BITS & buckets.length - 1;
        }
    }
}
