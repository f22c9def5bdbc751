// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.List;
import java.util.Random;

/**
 * Programs whose threads store into the same fields and arrays at once.
 *
 * <p>Step 1 is executed when all threads have ended. Then the program says itself what is left; after step 2 it lets go
 * of that too.
 */
final class Races {
    private static final List<String> MOVES = List.of(
            "Main.s0 = new N(null);",
            "Main.s1 = new N(null);",
            "Main.s1 = Main.s0;",
            "Main.s2 = Main.s1;",
            "Main.s0 = Main.s2;",
            "Main.s0 = new N(Main.s1);",
            "Main.s2 = new N(Main.cells[i % 4]);",
            "Main.cells[i % 4] = Main.s0;",
            "Main.cells[i % 4] = Main.cells[(i + 1) % 4];",
            "Main.s1 = Main.cells[i % 3];",
            "Main.cells[i % 4] = new N(null);",
            "Main.s2 = null;",
            "Main.cells[i % 4] = null;",
            "Main.holder.held = Main.s0;",
            "Main.s1 = Main.holder.held;",
            "Main.holder = new Holder(Main.s2);",
            "Main.s0 = same(same(Main.s1));",
            "{ N x = Main.s0; if (x != null) { x.look(); } }",
            "{ N x = Main.cells[i % 4]; if (x != null && x.below != null) { x.below.look(); } }",
            "if (i % 16 == 0) { Main.s0 = null; Main.s1 = null; Main.s2 = null; }");

    private Races() {}

    static Program program(long seed) {
        Random random = new Random(seed);
        StringBuilder threads = new StringBuilder();
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            threads.append("        threads[").append(i).append("] = new Thread(() -> {\n");
            threads.append("            for (int i = 0; i < ")
                    .append(50 + random.nextInt(150))
                    .append("; i++) {\n");
            threads.append("                Main.s0 = new N(null);\n");
            for (int move = 2 + random.nextInt(5); move > 0; move--) {
                threads.append("                ")
                        .append(MOVES.get(random.nextInt(MOVES.size())))
                        .append('\n');
            }
            threads.append("            }\n        });\n");
        }
        String name = "r" + seed;
        return new Program(name, Program.head(name) + text(random, count, threads), true);
    }

    private static String text(Random random, int count, CharSequence threads) {
        return """
                @Counted class N {
                    final int id = T.id();
                    final N below;
                    N(N below) { this.below = below; }
                    void look() { T.peek(this.id); }
                    void report() { for (N each = this; each != null; each = each.below) { T.left(each.id); } }
                    public void close() { T.destroyed(this.id); if (this.below != null) { this.below.look(); } }
                }
                class Holder {
                    %s N held;
                    Holder(N held) { this.held = held; }
                }
                class Main {
                    static N s0;
                    static volatile N s1;
                    static N s2;
                    static %s Holder holder = new Holder(null);
                    static final N[] cells = new N[4];
                    static N same(N x) { return x; }
                    static void race() throws InterruptedException {
                        Thread[] threads = new Thread[%d];
                %s        for (Thread thread : threads) { thread.start(); }
                        for (Thread thread : threads) { thread.join(); }
                    }
                    static void report() {
                        for (N each : new N[] {s0, s1, s2, holder.held, cells[0], cells[1], cells[2], cells[3]}) {
                            if (each != null) { each.report(); }
                        }
                    }
                    static void main() throws InterruptedException {
                        race();
                        T.step(1);
                        report();
                        T.step(2);
                        s0 = null;
                        s1 = null;
                        s2 = null;
                        holder = null;
                        for (int i = 0; i < 4; i++) { cells[i] = null; }
                        T.step(3);
                    }
                }
                """.formatted(volatileOrNot(random), volatileOrNot(random), count, threads);
    }

    private static String volatileOrNot(Random random) {
        return random.nextBoolean() ? "volatile" : "";
    }
}
