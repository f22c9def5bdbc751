// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.jar.JarFile;

/**
 * The agent's entry; its option is the file of the {@link Order}.
 *
 * <p>All else is loaded by the bootstrap loader, where woven classes of the JDK find it, so this class goes on with
 * {@link Planter} there.
 */
public final class PlanterAgent {
    private PlanterAgent() {}

    /** Called by the JVM. */
    public static void premain(String options, Instrumentation instrumentation) throws Exception {
        File own = new File(PlanterAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(own));
        Class.forName("dev.heldby.eval.plant.Planter", true, null)
                .getMethod("begin", String.class, Instrumentation.class)
                .invoke(null, options, instrumentation);
    }
}
