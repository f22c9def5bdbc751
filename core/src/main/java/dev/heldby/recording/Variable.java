// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

/**
 * The reference that one variable of a method holds, as far as the calls through it tell: to which object, and whether it has been
 * given back. It begins with one reference at most. Made anew for each value that the variable is given; only its own thread touches it.
 */
final class Variable {
    /** The class and the name of the method whose variable it is. */
    final String method;

    /** Where it was used since it has lapsed, or 0. */
    int usedAt;
    /** Whether that has been told. */
    boolean told;

    private Lifecycle lifecycle;
    private long bornMicros;
    /** How many references were taken through it, less those given back. */
    private int balance;
    /** Where its last reference was given back, or 0. */
    private int lapsedAt;
    /** Calls through it counted on several objects, or on several lives of one: nothing is known of it. */
    private boolean mixed;

    private int kind;
    private Lifecycle counted;
    private int change;

    Variable(String method) {
        this.method = method;
    }

    /** A call through it begins. What it counts only stands when it returns: a call that throws was refused. */
    void begin(int kindOfCall) {
        kind = kindOfCall;
        counted = null;
        change = 0;
    }

    /** Whether it is a parameter, whose caller may hold a reference besides. */
    boolean isParameter() {
        return (kind & Probes.OF_PARAMETER) != 0;
    }

    /** References were taken, or given back, during that call; of those given back, only what comes first was given back by the call itself. */
    void count(Lifecycle of, int references) {
        boolean isMeant = references > 0 ? (kind & Probes.TAKES) != 0 : (kind & Probes.GIVES) != 0 && counted == null;
        if (isMeant && (counted == null || counted == of)) {
            counted = of;
            change += references;
        }
    }

    /**
     * The call has returned.
     *
     * @return whether it gave back more than the one reference that the variable may have begun with
     */
    boolean settle(ThreadState thread) {
        if (counted == null) {
            return false;
        }
        if (lifecycle == null) {
            lifecycle = counted;
            bornMicros = counted.bornMicros;
        }
        if (counted != lifecycle || counted.bornMicros != bornMicros) {
            mixed = true;
            return false;
        }
        boolean again = lapsedAt != 0 && change < 0;
        balance += change;
        if (balance >= 0) {
            lapsedAt = 0;
        } else if (lapsedAt == 0) {
            lapsedAt = lifecycle.lastPut(thread);
        }
        return again;
    }

    /** Where its last reference was given back; 0 while it has one, and where that is not known. */
    int lapsedAt() {
        return mixed ? 0 : lapsedAt;
    }

    /** Whether it held that object, and does so no more though the object still lives that life. */
    boolean hasLapsed(Lifecycle of) {
        return lapsedAt() != 0 && lifecycle == of && of.isHeld() && of.bornMicros == bornMicros;
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }
}
