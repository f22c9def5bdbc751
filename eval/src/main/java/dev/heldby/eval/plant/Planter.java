// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the agent to work, and has what happened written when the program ends.
 *
 * <p>It stands before HeldBy's agent on the command line, and the transformer that spoils cannot retransform, so the JVM runs
 * it first and HeldBy meets the spoilt class as if it had been compiled so.
 */
public final class Planter {
    private Planter() {}

    /** Called once, by {@link PlanterAgent}. */
    public static void begin(String options, Instrumentation instrumentation) throws IOException {
        Order order = Order.read(Path.of(options));
        Calls calls = Calls.named(order.calls());
        Program.follow(calls);
        if (order.plant() != null) {
            Planted.begin(order.plant(), order.hold() ? new Held() : null);
            instrumentation.addTransformer(Transformers.planting(calls, order.plant()), false);
        }
        if (order.plant() == null || order.hold()) {
            Census.warmUp();
            instrumentation.addTransformer(Transformers.counting(new CensusWeaver(calls, order.plant() == null)), true);
            weaveLoaded(calls, instrumentation);
        }
        if (order.collect()) {
            Collector.start();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> tell(order), "planter tells"));
    }

    private static void weaveLoaded(Calls calls, Instrumentation instrumentation) {
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (calls.hasLife(type.getName().replace('.', '/'))) {
                try {
                    instrumentation.retransformClasses(type);
                } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
                    System.err.println("The planter could not change " + type.getName() + ": " + e);
                }
            }
        }
    }

    private static void tell(Order order) {
        if (order.collect()) {
            Collector.last();
        }
        List<String> lines = new ArrayList<>(order.plant() == null ? Census.lines() : Planted.lines());
        if (order.plant() == null) {
            lines.addAll(Census.openLines());
        }
        lines.addAll(Refusals.lines());
        try {
            Files.write(order.out(), lines);
        } catch (IOException e) {
            System.err.println("The planter could not write to " + order.out() + ": " + e);
        }
    }
}
