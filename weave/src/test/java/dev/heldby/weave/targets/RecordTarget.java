// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

/** A record, which may have no field of ours. */
public record RecordTarget(String name, int[] content) {
    public static final String RULES = """
            rule test
            type dev.heldby.weave.targets.RecordTarget as toy.Record
              born <init>
              bytes <init>(String, int[]) is argument 2
              put close
            """;

    public RecordTarget {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a name is needed");
        }
    }

    RecordTarget(String name) {
        this(name, new int[3]);
    }

    private void close() {}

    public static void run() {
        RecordTarget target = new RecordTarget("one");
        expect("born", "bytes 3");
        target.close();
        expect("put 1");
        new RecordTarget("one", null == target ? null : target.content()).close();
        expect("born", "bytes 3", "put 1");
        try {
            new RecordTarget("");
        } catch (IllegalArgumentException e) {
            expect();
        }
    }
}
