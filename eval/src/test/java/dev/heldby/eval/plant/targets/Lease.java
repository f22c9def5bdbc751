// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant.targets;

import java.util.ArrayList;
import java.util.List;

/** A counted object that writes down what is done to it. */
public class Lease {
    /** {@code retain}, {@code release} and {@code use}, in order. */
    public final List<String> log = new ArrayList<>();

    /** The stack of the last release. */
    public StackTraceElement[] releasedBy = {};

    private int count = 1;

    public int refCnt() {
        return count;
    }

    public Lease retain() {
        check(1);
        count++;
        log.add("retain");
        return this;
    }

    public boolean release() {
        releasedBy = new Throwable().getStackTrace();
        return release(1);
    }

    public boolean release(int references) {
        check(references);
        count -= references;
        log.add("release");
        return count == 0;
    }

    public int use() {
        check(1);
        log.add("use");
        return count;
    }

    private void check(int references) {
        if (count < references) {
            throw new Lapsed();
        }
    }
}
