// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;

/**
 * The agent's entry; its option is the file of the {@link Order}.
 *
 * <p>It stands before HeldBy's agent on the command line and its transformer cannot retransform, so the JVM runs it first
 * and HeldBy meets the spoilt class as if it had been compiled so.
 */
public final class PlanterAgent {
    private PlanterAgent() {}

    /** Called by the JVM. */
    public static void premain(String options, Instrumentation instrumentation) throws IOException {
        Order order = Order.read(Path.of(options));
        Calls calls = Calls.named(order.calls());
        Program.follow(calls);
        if (order.plant() != null) {
            Planted.begin(order.plant(), order.hold() ? new Held() : null);
        }
        instrumentation.addTransformer(new Transformer(calls, order), false);
        if (order.collect()) {
            Collector.start();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> tell(order), "planter tells"));
    }

    private static void tell(Order order) {
        if (order.collect()) {
            Collector.last();
        }
        List<String> lines = new ArrayList<>(order.plant() == null ? Census.lines() : Planted.lines());
        lines.addAll(Refusals.lines());
        try {
            Files.write(order.out(), lines);
        } catch (IOException e) {
            System.err.println("The planter could not write to " + order.out() + ": " + e);
        }
    }

    /** Any thread; a class that cannot be changed is a fault of the evaluation and is said aloud. */
    private record Transformer(Calls calls, Order order) implements ClassFileTransformer {
        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] classFile) {
            if (loader == null || name == null || name.startsWith("dev/heldby/")) {
                return null;
            }
            try {
                if (order.plant() == null) {
                    return new CensusWeaver(calls).weave(classFile);
                }
                if (order.plant().site().startsWith(name.replace('/', '.') + '.')) {
                    return new PlantWeaver(calls, order.plant()).weave(classFile, loader);
                }
                return order.hold() && calls.isRefusal(name) ? RefusalWeaver.weave(classFile) : null;
            } catch (RuntimeException | LinkageError e) {
                System.err.println("The planter could not change " + name + ": " + e);
                return null;
            }
        }
    }
}
