// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** HeldBy's control bean in a running JVM, asked as the command asks it. */
final class Control implements AutoCloseable {
    private final JMXConnector connector;

    private Control(JMXConnector connector) {
        this.connector = connector;
    }

    static Control of(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return new Control(JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(e);
        }
    }

    /** As the snapshot's file has it; empty while the bean is not there, which it is after three seconds. */
    Optional<byte[]> snapshot() throws IOException {
        try {
            ObjectName bean = new ObjectName("dev.heldby:type=Control");
            if (!connector.getMBeanServerConnection().isRegistered(bean)) {
                return Optional.empty();
            }
            byte[] bytes = (byte[]) connector
                    .getMBeanServerConnection()
                    .invoke(bean, "snapshot", new Object[] {true}, new String[] {"boolean"});
            return Optional.of(bytes);
        } catch (JMException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
