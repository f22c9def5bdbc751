// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

/**
 * What woven code calls, by way of the gate that every class loader can see. One recorder for the process.
 *
 * <p>Every method may be called by any thread, with a null state where the object is not followed, and throws nothing.
 * The names and descriptors are the weaver's contract: {@code dev.heldby.weave.Gate} is made from them.
 */
public final class Probes {
    /** Of a call through a variable: it may take references for that one. */
    public static final int TAKES = 1;
    /** It may give that one's references back. */
    public static final int GIVES = 2;
    /** The variable is a parameter. */
    public static final int OF_PARAMETER = 4;

    private static final Recorder RECORDER = new Recorder();

    private Probes() {}

    /** The recorder that woven code reports to. */
    public static Recorder recorder() {
        return RECORDER;
    }

    /** A life begins; the result is to be stored where {@code state} came from. */
    public static Object born(Object self, Object state, int kind) {
        return RECORDER.born(self, (Lifecycle) state, RECORDER.kind(kind), false);
    }

    /** A life begins of an object, or null, that has no field of ours. */
    public static void bornMapped(Object self, int kind) {
        if (self != null) {
            RECORDER.born(self, RECORDER.mapped.find(self), RECORDER.kind(kind), true);
        }
    }

    /** As {@link #bornMapped}, unless it has an owner that gives it back. */
    public static void bornMappedUnowned(Object self, Object owner, int kind) {
        if (owner == null) {
            bornMapped(self, kind);
        }
    }

    /** The state of an object that has no field of ours, or null. */
    public static Object find(Object self) {
        return RECORDER.mapped.find(self);
    }

    /** The thread is about to call a get or a put at that site; 0 once it has. */
    public static void at(int site) {
        RECORDER.at(site);
    }

    public static void get(Object state, int references) {
        if (state != null) {
            RECORDER.get((Lifecycle) state, references);
        }
    }

    /** A get that may have failed, as its result says. */
    public static void getIf(boolean succeeded, Object state, int references) {
        if (succeeded) {
            get(state, references);
        }
    }

    public static void put(Object state, int references) {
        if (state != null) {
            RECORDER.put((Lifecycle) state, references);
        }
    }

    /** A put that may not have happened, as its result says. */
    public static void putIf(boolean happened, Object state, int references) {
        if (happened) {
            put(state, references);
        }
    }

    public static void use(Object state) {
        if (state != null) {
            RECORDER.use((Lifecycle) state);
        }
    }

    public static void dead(Object state) {
        if (state != null) {
            RECORDER.dead((Lifecycle) state);
        }
    }

    /** The put reported last on this thread threw. */
    public static void refusedPut(Object state) {
        if (state != null) {
            RECORDER.refusals.put((Lifecycle) state);
        }
    }

    /** A use threw. */
    public static void refusedUse(Object state) {
        if (state != null) {
            RECORDER.refusals.use((Lifecycle) state);
        }
    }

    /** The object was asked whether it may be used. */
    public static void usable(boolean answer, Object state) {
        if (!answer) {
            refusedUse(state);
        } else if (RECORDER.uses.on && state != null) {
            RECORDER.looked((Lifecycle) state);
        }
    }

    /** As {@link #usable}, of an object whose class keeps the state where this caller cannot see it. */
    public static void usableObject(boolean answer, Object self) {
        if (!answer) {
            refusedUse(RECORDER.lifecycleOf(self));
        } else if (RECORDER.uses.on) {
            looked(WovenField.read(self));
        }
    }

    /** A use that would have thrown, had no reference been left, did not. */
    public static void used(Object state) {
        if (RECORDER.uses.on && state != null) {
            RECORDER.looked((Lifecycle) state);
        }
    }

    private static void looked(Lifecycle lifecycle) {
        if (lifecycle != null) {
            RECORDER.looked(lifecycle);
        }
    }

    /** How many births there were on this thread, less that number. */
    public static int births(int since) {
        return RECORDER.threadState().births - since;
    }

    /** An exception leaves that method, which this thread entered after so many births. */
    public static void left(Throwable thrown, int birthsBefore, String method) {
        RECORDER.escapes().left(thrown, birthsBefore, method);
    }

    /**
     * That method, a class and a name, is about to make a call through a variable of which that much is known; null at first.
     *
     * @param kind {@link #TAKES}, {@link #GIVES} and {@link #OF_PARAMETER} that are so, added
     * @return what is to be kept with the variable
     */
    public static Object through(Object variable, String method, int kind) {
        return RECORDER.lapses().through((Variable) variable, method, kind);
    }

    /** The call through that variable returned; null if an exception came out of one. */
    public static void passed(Object variable) {
        RECORDER.lapses().passed((Variable) variable);
    }

    public static void bytes(Object self, long bytes) {
        RECORDER.bytes(self, bytes);
    }

    /** The object, or null, lives as long as it likes. */
    public static void excuse(Object self) {
        if (self != null) {
            RECORDER.excuse(self);
        }
    }

    /** As {@link #excuse}, of the object itself and of what its public method of that name returns, if it has one. */
    public static void excuseThrough(Object self, String method) {
        excuse(self);
        excuse(Wrappers.inner(self, method));
    }
}
