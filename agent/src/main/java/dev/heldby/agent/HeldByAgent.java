// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.jar.JarFile;

/**
 * The agent's entry.
 *
 * <p>The JVM loads this one class from the class path. All else lives in the bootstrap loader, where woven classes of the
 * JDK can see the recorder; so this class goes on with {@link Installation} there.
 */
public final class HeldByAgent {
    private static final String INSTALLATION = "dev.heldby.agent.Installation";

    /** The packages of the library that others may have on their class path. */
    private static final List<String> LIBRARY = List.of(
            "dev.heldby.block.",
            "dev.heldby.complaint.",
            "dev.heldby.count.",
            "dev.heldby.counted.",
            "dev.heldby.depot.",
            "dev.heldby.handle.",
            "dev.heldby.history.",
            "dev.heldby.lock.",
            "dev.heldby.memory.",
            "dev.heldby.recording.",
            "dev.heldby.scan.",
            "dev.heldby.slot.",
            "dev.heldby.snapshot.",
            "dev.heldby.tracker.",
            "dev.heldby.Level");

    private HeldByAgent() {}

    /** Called by the JVM for {@code -javaagent:heldby-agent.jar=OPTIONS}. */
    public static void premain(String options, Instrumentation instrumentation) {
        install(options, instrumentation);
    }

    /** Called by the JVM when another process attaches the agent to it. */
    public static void agentmain(String options, Instrumentation instrumentation) {
        install(options, instrumentation);
    }

    private static void install(String options, Instrumentation instrumentation) {
        try {
            installation(instrumentation)
                    .getMethod("install", String.class, Instrumentation.class)
                    .invoke(null, options == null ? "" : options, instrumentation);
        } catch (InvocationTargetException e) {
            say(e.getCause());
        } catch (ReflectiveOperationException | IOException | URISyntaxException | RuntimeException e) {
            say(e);
        }
    }

    /**
     * The manifest names the jar as part of the boot class path; only if it bears another name must it be appended now,
     * which makes a JVM with class data sharing print a warning.
     */
    private static Class<?> installation(Instrumentation instrumentation)
            throws ClassNotFoundException, IOException, URISyntaxException {
        try {
            return Class.forName(INSTALLATION, true, null);
        } catch (ClassNotFoundException e) {
            refuseASecondLibrary(instrumentation);
            instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(ownJar()));
            return Class.forName(INSTALLATION, true, null);
        }
    }

    /**
     * A program's own copy of the library that is in use would be torn in two by ours. Whoever attaches therefore uses a jar
     * without Boot-Class-Path in its manifest, so that the JVM does not append it before this is asked.
     */
    private static void refuseASecondLibrary(Instrumentation instrumentation) {
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getClassLoader() != null && isLibrary(loaded.getName())) {
                System.setProperty("heldby.library", "loaded");
                throw new IllegalStateException(
                        "the tracking library was loaded from the class path before the agent came;"
                                + " add -javaagent:heldby-agent.jar to the command line of the program.");
            }
        }
    }

    private static boolean isLibrary(String className) {
        return LIBRARY.stream().anyMatch(className::startsWith);
    }

    private static File ownJar() throws URISyntaxException {
        return new File(HeldByAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    /** The program goes on without us. */
    private static void say(Throwable problem) {
        boolean expected = problem.getClass().getSimpleName().equals("BadOptionException")
                || problem instanceof IllegalStateException;
        System.err.println("HeldBy is not installed: " + (expected ? problem.getMessage() : problem));
    }
}
