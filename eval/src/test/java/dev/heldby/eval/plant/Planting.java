// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import dev.heldby.eval.plant.targets.Holder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** {@link Holder} with a defect, loaded anew. */
final class Planting {
    static final Calls CALLS = calls();

    private final Class<?> holder;

    private Planting(byte[] classFile) {
        holder = new Loader(classFile).define();
    }

    private static Calls calls() {
        try {
            Calls calls = Calls.named(List.of("lease"));
            Program.follow(calls);
            return calls;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Spoils the site of that number in the method. */
    static Planting of(String method, int ordinal, Kind kind, double rate) {
        String site = sites().stream()
                .map(CallSite::id)
                .filter(id -> id.contains("." + method + "(") && id.endsWith("#" + ordinal))
                .findFirst()
                .orElseThrow();
        Order.Plant plant = new Order.Plant(site, kind, rate, 42);
        Planted.begin(plant, new Held());
        byte[] planted = new PlantWeaver(CALLS, plant).weave(holder(), Planting.class.getClassLoader());
        return new Planting(Objects.requireNonNull(planted));
    }

    static Planting counted() {
        String name = Holder.class.getName().replace('.', '/');
        return new Planting(new CensusWeaver(CALLS, true).weave(name, holder()));
    }

    static List<CallSite> sites() {
        ClassNode type = new ClassNode();
        new ClassReader(holder()).accept(type, 0);
        return new SiteScan(CALLS)
                .sites(type).stream().map(SiteScan.Found::site).toList();
    }

    private static byte[] holder() {
        try (InputStream in = Holder.class.getResourceAsStream("Holder.class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Object run(String method, Object... arguments) throws Throwable {
        Method found = Arrays.stream(holder.getMethods())
                .filter(one -> one.getName().equals(method))
                .findFirst()
                .orElseThrow();
        try {
            return found.invoke(null, arguments);
        } catch (java.lang.reflect.InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static final class Loader extends ClassLoader {
        private final byte[] classFile;

        Loader(byte[] classFile) {
            super(Planting.class.getClassLoader());
            this.classFile = classFile;
        }

        Class<?> define() {
            return defineClass(Holder.class.getName(), classFile, 0, classFile.length);
        }
    }
}
