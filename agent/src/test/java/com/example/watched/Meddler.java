// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/** Another agent, which changes the class that its option names: it claims to be of an earlier Java. */
public final class Meddler {
    private static final int MAJOR_VERSION = 7;

    private Meddler() {}

    public static void premain(String className, Instrumentation instrumentation) {
        instrumentation.addTransformer(new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] classFile) {
                if (!className.equals(name)) {
                    return null;
                }
                byte[] changed = classFile.clone();
                changed[MAJOR_VERSION]--;
                return changed;
            }
        });
    }
}
