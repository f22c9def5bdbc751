// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;

/** How the weavers are called by the JVM, on any thread. A class that cannot be changed is a fault and is said aloud. */
final class Transformers {
    private Transformers() {}

    static ClassFileTransformer planting(Calls calls, Order.Plant plant) {
        PlantWeaver weaver = new PlantWeaver(calls, plant);
        return of((name, loader, classFile) ->
                plant.site().startsWith(name.replace('/', '.') + '.') ? weaver.weave(classFile, loader) : null);
    }

    static ClassFileTransformer counting(CensusWeaver weaver) {
        return of((name, loader, classFile) -> weaver.weave(name, classFile));
    }

    private interface Weaving {
        byte[] weave(String name, ClassLoader loader, byte[] classFile);
    }

    private static ClassFileTransformer of(Weaving weaving) {
        return new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] classFile) {
                if (name == null || name.startsWith("dev/heldby/")) {
                    return null;
                }
                try {
                    return weaving.weave(name, loader, classFile);
                } catch (RuntimeException | LinkageError e) {
                    System.err.println("The planter could not change " + name + ": " + e);
                    return null;
                }
            }
        };
    }
}
