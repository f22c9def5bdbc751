// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The agent in a running JVM, spoken to through the MXBean it registered there. */
final class Control implements AutoCloseable {
    private static final ObjectName NAME = name();

    private final long pid;
    private final JMXConnector connector;

    private Control(long pid, JMXConnector connector) {
        this.pid = pid;
        this.connector = connector;
    }

    static Control of(LiveJvm jvm) throws Failure {
        try {
            return new Control(jvm.pid(), JMXConnectorFactory.connect(new JMXServiceURL(jvm.controlAddress())));
        } catch (IOException e) {
            throw Failure.failed("process " + jvm.pid() + " does not answer: " + Reason.of(e) + ".", e);
        }
    }

    boolean watches() throws Failure {
        try {
            return connector.getMBeanServerConnection().isRegistered(NAME);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** What the recorder knows now, after a collection that makes unreachable objects known. */
    Snapshot snapshot() throws Failure {
        byte[] bytes = (byte[]) invoke("snapshot", new Object[] {true}, "boolean");
        return SnapshotSource.read(bytes, "process " + pid);
    }

    void setLevel(String rule, String level) throws Failure {
        invoke("setLevel", new Object[] {rule, level}, "java.lang.String", "java.lang.String");
    }

    /** What the agent answers to a command about off-heap blocks. */
    String blocks(String command) throws Failure {
        return (String) invoke("blocks", new Object[] {command}, "java.lang.String");
    }

    /** How many bytes of its heap are in use. */
    long heapUsed() throws Failure {
        CompositeData usage = (CompositeData)
                ask(server -> server.getAttribute(new ObjectName("java.lang:type=Memory"), "HeapMemoryUsage"));
        return (long) usage.get("used");
    }

    /** Writes the live objects of its heap to a file that does not exist yet, and stops the program meanwhile. */
    void dumpHeap(Path file) throws Failure {
        try {
            connector
                    .getMBeanServerConnection()
                    .invoke(
                            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                            "dumpHeap",
                            new Object[] {file.toString(), true},
                            new String[] {"java.lang.String", "boolean"});
        } catch (InstanceNotFoundException | MalformedObjectNameException e) {
            throw Failure.failed("process " + pid + " makes no heap dumps; only HotSpot JVMs do.", e);
        } catch (MBeanException e) {
            throw notDumped(file, e.getTargetException());
        } catch (JMException e) {
            throw notDumped(file, e);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private Failure notDumped(Path file, Exception e) {
        String reason = e instanceof IOException io ? Reason.of(io) : String.valueOf(e.getMessage());
        return Failure.failed("process " + pid + " could not write a heap dump to '" + file + "': " + reason + ".", e);
    }

    /** Each rule in force, as {@code NAME=LEVEL}. */
    List<String> rules() throws Failure {
        return List.of((String[]) ask(server -> server.getAttribute(NAME, "Rules")));
    }

    /** One line for each probe that is in place. */
    List<String> woven() throws Failure {
        return List.of((String[]) invoke("woven", new Object[0]));
    }

    private Object invoke(String operation, Object[] arguments, String... signature) throws Failure {
        return ask(server -> server.invoke(NAME, operation, arguments, signature));
    }

    private Object ask(Question question) throws Failure {
        try {
            return question.of(connector.getMBeanServerConnection());
        } catch (InstanceNotFoundException e) {
            throw Failure.failed(
                    "HeldBy does not watch process " + pid + "; start it with 'heldby attach " + pid + "'.", e);
        } catch (RuntimeMBeanException e) {
            throw refused(e.getTargetException());
        } catch (MBeanException e) {
            throw refused(e.getTargetException());
        } catch (JMException e) {
            throw refused(e);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** One call to the agent. */
    private interface Question {
        Object of(MBeanServerConnection server) throws JMException, IOException;
    }

    private Failure refused(Exception e) {
        return Failure.failed("the agent in process " + pid + " refused: " + e.getMessage(), e);
    }

    private Failure lost(IOException e) {
        return Failure.failed("process " + pid + " no longer answers; it may have ended.", e);
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            // The process is gone, and with it the connection.
        }
    }

    private static ObjectName name() {
        try {
            return new ObjectName("dev.heldby:type=Control");
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }
}
