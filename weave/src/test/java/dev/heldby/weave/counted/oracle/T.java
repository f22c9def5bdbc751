// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

/** What a program calls so that a run can be watched. Each program's class loader has its own; it sees numbers only. */
public final class T {
    public static final Run RUN = new Run();

    private T() {}

    public static void step(int number) {
        RUN.step(number);
    }

    /** The number of the counted object that is being made. */
    public static int id() {
        return RUN.id();
    }

    public static void use(int id) {
        RUN.use(id);
    }

    public static void peek(int id) {
        RUN.peek(id);
    }

    public static void destroyed(int id) {
        RUN.destroyed(id);
    }

    public static void note(int value) {
        RUN.note(value);
    }

    /** Says of an object that it is still held when all threads are done. */
    public static void left(int id) {
        RUN.left(id);
    }
}
