// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A running JVM of the same user, reached as {@code jcmd} reaches it: no port and no password. */
final class LiveJvm implements AutoCloseable {
    private final long pid;
    private final VirtualMachine machine;

    private LiveJvm(long pid, VirtualMachine machine) {
        this.pid = pid;
        this.machine = machine;
    }

    static LiveJvm of(long pid) throws Failure {
        ProcessHandle process = ProcessHandle.of(pid)
                .orElseThrow(() -> Failure.failed("there is no process " + pid + "; 'jps -l' lists the running JVMs."));
        if (pid == ProcessHandle.current().pid()) {
            throw Failure.badUse("process " + pid + " is this command itself; name the one to watch.");
        }
        if (isNoJvm(pid)) {
            throw Failure.failed("process " + pid + " is not a JVM; 'jps -l' lists those that run.");
        }
        try {
            return new LiveJvm(pid, VirtualMachine.attach(Long.toString(pid)));
        } catch (AttachNotSupportedException | IOException e) {
            throw unreachable(process, e);
        }
    }

    /** Where the system tells: attaching would wait ten seconds for an answer. */
    private static boolean isNoJvm(long pid) {
        try (Stream<String> mappings = Files.lines(Path.of("/proc", Long.toString(pid), "maps"))) {
            return mappings.noneMatch(mapping -> mapping.endsWith("/libjvm.so"));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private static Failure unreachable(ProcessHandle process, Exception e) {
        String me = System.getProperty("user.name");
        String owner = process.info().user().orElse(me);
        if (!owner.equals(me)) {
            return Failure.failed(
                    "process " + process.pid() + " belongs to user '" + owner + "' and this command runs as '" + me
                            + "'; run it as '" + owner + "'.",
                    e);
        }
        return Failure.failed(
                "process " + process.pid() + " cannot be attached to: it is not a JVM, or it was started with"
                        + " -XX:+DisableAttachMechanism.",
                e);
    }

    long pid() {
        return pid;
    }

    /** Returns when the agent is installed. */
    LiveJvm load(Path agent, AgentOptions options) throws Failure {
        refuseASecondLibrary();
        try {
            machine.loadAgent(agent.toString(), options.toString());
            return this;
        } catch (AgentInitializationException e) {
            throw Failure.failed(
                    "the agent refused to start in process " + pid + "; the program's output says why.", e);
        } catch (AgentLoadException | IOException e) {
            throw Failure.failed("the agent could not be loaded into process " + pid + ": " + e.getMessage() + ".", e);
        }
    }

    /** The agent brings the tracking library with it; a program's own copy that is in use would be torn in two. */
    private void refuseASecondLibrary() throws Failure {
        try {
            if (machine.getSystemProperties().containsKey("heldby.library")) {
                throw Failure.failed(
                        "process " + pid + " uses HeldBy's tracking library from its own class path, and the"
                                + " agent cannot join it there; start the program with 'heldby run' or"
                                + " -javaagent:heldby-agent.jar.");
            }
        } catch (IOException e) {
            throw Failure.failed("process " + pid + " does not answer: " + Reason.of(e) + ".", e);
        }
    }

    /** The address at which the JVM answers its own user. */
    String controlAddress() throws Failure {
        try {
            return machine.startLocalManagementAgent();
        } catch (IOException e) {
            throw Failure.failed("process " + pid + " does not answer: " + Reason.of(e) + ".", e);
        }
    }

    @Override
    public void close() {
        try {
            machine.detach();
        } catch (IOException e) {
            // The process is gone, and so is what there was to detach from.
        }
    }
}
