// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import dev.heldby.report.AgentJar;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Sees to it that the agent is in this JVM: the one of {@code -javaagent}, or else the one that our jar carries. */
final class AgentInstaller {
    private static final String IN_BOOT_LOADER = "dev.heldby.recording.ScopeWatch";
    /** The agent's manifest names its jar so. */
    private static final String JAR = "heldby-agent.jar";

    private static final long ATTACH_SECONDS = 60;

    private static boolean installed;
    private static String failure;

    private AgentInstaller() {}

    /**
     * Installs the agent unless it is there.
     *
     * @param parameters JUnit's configuration parameters by name
     * @throws ExtensionConfigurationException with a sentence that says what to do, each time that it is not there
     */
    static synchronized void ensureInstalled(Function<String, Optional<String>> parameters) {
        if (!installed && failure == null) {
            failure = install(parameters);
            installed = failure == null;
        }
        if (failure != null) {
            throw new ExtensionConfigurationException("HeldBy cannot watch these tests: " + failure + " Add -javaagent:"
                    + JAR + "=level=full,mode=junit to the command line of the tests' JVM.");
        }
    }

    private static String install(Function<String, Optional<String>> parameters) {
        if (isInBootLoader()) {
            return InstalledAgent.trouble();
        }
        if (LibraryOnly.isInUse()) {
            LibraryOnly.install(level(parameters));
            return null;
        }
        String trouble = attach(options(parameters));
        if (trouble != null && LibraryOnly.isInUse()) {
            LibraryOnly.install(level(parameters));
            return null;
        }
        return trouble;
    }

    private static String level(Function<String, Optional<String>> parameters) {
        return parameters.apply("heldby.level").orElse("full");
    }

    private static boolean isInBootLoader() {
        try {
            Class.forName(IN_BOOT_LOADER, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static String options(Function<String, Optional<String>> parameters) {
        return "mode=junit,level=" + level(parameters)
                + parameters
                        .apply("heldby.rules")
                        .map(file -> ",rules=" + Path.of(file).toAbsolutePath())
                        .orElse("")
                + parameters
                        .apply("heldby.lapsed")
                        .map(lapsed -> ",lapsed=" + lapsed)
                        .orElse("");
    }

    /** What stands in the way of attaching, as a sentence, or null if it is done. */
    private static String attach(String options) {
        if (isFlag("DisableAttachMechanism", "true")) {
            return "the JVM runs with -XX:+DisableAttachMechanism.";
        }
        if (isFlag("EnableDynamicAgentLoading", "false")) {
            return "the JVM runs with -XX:-EnableDynamicAgentLoading.";
        }
        if (ModuleFinder.ofSystem().find("jdk.attach").isEmpty()) {
            return "the Java runtime " + System.getProperty("java.home") + " has no module jdk.attach.";
        }
        try {
            return attachFromOutside(options);
        } catch (IOException e) {
            return "the agent could not be attached (" + e + ").";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "attaching the agent was interrupted.";
        }
    }

    private static boolean isFlag(String name, String value) {
        try {
            Object option = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                            "getVMOption",
                            new Object[] {name},
                            new String[] {String.class.getName()});
            return option instanceof CompositeData data && value.equals(data.get("value"));
        } catch (JMException | RuntimeException e) {
            // Another JVM or an older flag set: attaching will tell.
            return false;
        }
    }

    private static String attachFromOutside(String options) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("heldby-junit");
        Path jar = Files.write(folder.resolve("heldby-attached.jar"), AgentJar.forAttaching(carried(JAR)));
        Path program = folder.resolve(Attacher.class.getName().replace('.', '/') + ".class");
        Files.createDirectories(program.getParent());
        Files.write(program, carried(program.getFileName().toString()));
        Path output = folder.resolve("attach.out");
        ProcessBuilder attacher = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        folder.toString(),
                        Attacher.class.getName(),
                        Long.toString(ProcessHandle.current().pid()),
                        jar.toString(),
                        options))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        attacher.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        deleteAtExit(folder, program, output, jar);
        return run(attacher, output);
    }

    private static String run(ProcessBuilder attacher, Path output) throws IOException, InterruptedException {
        Process process = attacher.start();
        if (!process.waitFor(ATTACH_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "attaching the agent took longer than " + ATTACH_SECONDS + " seconds.";
        }
        if (process.exitValue() != 0) {
            String said = Files.readString(output, Charset.defaultCharset()).strip();
            return "the agent could not be attached ("
                    + said.lines().findFirst().orElse("no reason given") + ").";
        }
        return isInBootLoader() ? InstalledAgent.trouble() : InstalledAgent.NOT_STARTED;
    }

    private static byte[] carried(String resource) throws IOException {
        try (InputStream in = AgentInstaller.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("heldby-junit.jar lacks " + resource);
            }
            return in.readAllBytes();
        }
    }

    /** What is registered last is deleted first, so that the folders are empty when their turn comes. */
    private static void deleteAtExit(Path folder, Path program, Path... files) {
        folder.toFile().deleteOnExit();
        Path next = folder;
        for (Path part : folder.relativize(program)) {
            next = next.resolve(part);
            next.toFile().deleteOnExit();
        }
        List.of(files).forEach(file -> file.toFile().deleteOnExit());
    }
}
