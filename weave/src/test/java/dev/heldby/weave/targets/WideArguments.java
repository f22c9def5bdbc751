// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

/** Arguments that take two variables before those that count. */
public class WideArguments {
    public static final String RULES = """
            rule test
            type dev.heldby.weave.targets.WideArguments
              born <init>
              get retain(long, double, int) references argument 3
              put release(double, int, long) references argument 2
              bytes <init>(double, long) is argument 2
              bytes fill is argument 2
              bytes field is field capacity
              bytes longField is field length
            """;

    private int capacity = 9;
    private long length = 1L << 40;

    WideArguments(double ratio, long bytes) {
        capacity += (int) (ratio * bytes);
    }

    private double retain(long time, double ratio, int references) {
        return time * ratio * references;
    }

    private long release(double ratio, int references, long time) {
        return time;
    }

    private void fill(long time, byte[] content) {
        capacity = content.length;
    }

    private void field() {
        capacity++;
    }

    private long longField() {
        return length--;
    }

    public static void run() {
        WideArguments target = new WideArguments(1, 1L << 33);
        expect("born", "bytes " + (1L << 33));
        target.retain(1, 2, 3);
        expect("get 3");
        target.release(1, 2, 3);
        expect("put 2");
        target.fill(1, new byte[77]);
        expect("bytes 77");
        target.field();
        expect("bytes 78");
        target.longField();
        expect("bytes " + ((1L << 40) - 1));
    }
}
