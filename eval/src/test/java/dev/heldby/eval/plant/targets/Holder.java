// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant.targets;

/** Takes and gives back in several ways; each method has what its name says. */
public final class Holder {
    private Holder() {}

    public static void useAndRelease(Lease lease) {
        lease.use();
        lease.release();
    }

    public static String resultAndDeepStack(Lease lease, int number) {
        return "freed " + number + ' ' + lease.release() + ' ' + (number > 1 ? lease : null);
    }

    public static void releaseByNumber(Lease lease) {
        lease.retain();
        lease.release(2);
    }

    public static int retainInExpression(Lease lease) {
        return lease.retain().use();
    }

    public static void releaseInFinally(Lease lease, boolean fail) {
        try {
            lease.use();
            if (fail) {
                throw new IllegalStateException("asked to");
            }
        } finally {
            lease.release();
        }
    }

    public static boolean release(Lease lease) {
        return lease.release();
    }

    public static void releaseWhatIsAnything(Object something) {
        if (something instanceof Lease lease) {
            lease.release();
        }
    }
}
