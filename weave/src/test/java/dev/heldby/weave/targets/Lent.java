// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

/** A counted object with all kinds of gets, puts and uses. */
public class Lent {
    public static final String RULES = """
            rule test
            plumbing dev.heldby.weave.targets.Lent
            type dev.heldby.weave.targets.Lent
              born <init>
              get retain()
              put release()
              put release(int) references argument 1
              put tryRelease() when true
              use isThere() refused when false
              use look() refused when thrown
            """;

    private int count = 1;

    /** One that somebody else holds, too. */
    static Lent shared() {
        Lent lent = new Lent();
        lent.retain();
        return lent;
    }

    public Lent retain() {
        count++;
        return this;
    }

    /** Takes a reference under a name that the rule does not know. */
    void keep() {
        retain();
    }

    public boolean release() {
        return release(1, "one");
    }

    public boolean release(int references) {
        return release(references, "several");
    }

    private boolean release(int references, String said) {
        if (count < references) {
            throw new IllegalStateException(said);
        }
        count -= references;
        return count == 0;
    }

    public boolean tryRelease() {
        if (count == 1) {
            return false;
        }
        count--;
        return true;
    }

    private boolean isThere() {
        return count > 0;
    }

    public int read() {
        if (!isThere()) {
            throw new IllegalStateException("read too late");
        }
        return count;
    }

    public int look() {
        if (count == 0) {
            throw new IllegalStateException("looked at too late");
        }
        return count;
    }

    /** No use. */
    public int count() {
        return count;
    }

    /** One that is next to this one, of its type. */
    public Lent next() {
        return shared();
    }

    /** Carries out what its callers decide, as all of this class does. */
    static final class Lents {
        private Lents() {}

        static void release(Object lent) {
            ((Lent) lent).release();
        }

        static int read(String said, Lent lent) {
            return lent.read() + said.length();
        }
    }
}
