// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

/** An object that tears itself down when its last reference goes. */
public class TearDown {
    public static final String RULES = """
            rule test
            type dev.heldby.weave.targets.TearDown
              born <init>
              born reset
              get retain
              put release
              dead before deallocate
            """;

    private int count = 1;

    private void retain() {
        count++;
    }

    boolean release() {
        if (--count == 0) {
            deallocate(count, 2L);
            return true;
        }
        return false;
    }

    void deallocate(int left, long now) {}

    private void reset() {
        count = 1;
    }

    public static void run() {
        TearDown target = new TearDown();
        expect("born");
        target.retain();
        target.release();
        expect("get 1", "put 1");
        target.release();
        expect("put 1", "dead");
        target.reset();
        expect("born again");
        new TearDown() {
            @Override
            void deallocate(int left, long now) {
                super.deallocate(left, now);
            }
        }.release();
        expect("born", "put 1", "dead");
    }
}
