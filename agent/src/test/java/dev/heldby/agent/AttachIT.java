// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.watched.Attachable;
import com.sun.tools.attach.VirtualMachine;
import dev.heldby.agent.Watched.Launch;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Snapshot;
import dev.heldby.snapshot.SnapshotFile;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A program that runs already, with all its classes loaded. */
class AttachIT {
    static final List<Integer> JDKS = Jdk.PROMISED;

    private static final String STREAM = "java.io.FileInputStream";
    private static final String BUFFER = "io.netty.buffer.Pooled";

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_follow_loaded_classes_when_attached(int jdk) throws Exception {
        try (Running running = new Running(jdk)) {
            running.attach("level=full,mode=attach");
            running.does("close");
            assertThat(running.findings()).isEmpty();

            running.does("leak");
            assertThat(running.findings())
                    .extracting(Observation::type)
                    .satisfiesExactlyInAnyOrder(
                            type -> assertThat(type).isEqualTo(STREAM),
                            type -> assertThat(type).startsWith(BUFFER));
            assertThat(running.findings()).extracting(Observation::state).containsOnly(Observation.State.UNREACHABLE);
            assertThat(running.findings()).allMatch(finding -> Watched.bornIn(finding, Attachable.class, "leakAll"));
        }
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_change_nothing_when_attached_again(int jdk) throws Exception {
        try (Running running = new Running(jdk)) {
            running.attach("level=full");
            String[] woven = running.woven();
            running.attach("level=off");

            assertThat(running.rules())
                    .containsExactly("netty=full", "jdk=full", "memory=off", "rocksdb=off", "zstd=off");
            assertThat(running.woven()).containsExactly(woven);
            running.does("leak");
            assertThat(running.findings()).extracting(Observation::count).containsExactly(1L, 1L);
        }
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_obey_when_levels_are_switched(int jdk) throws Exception {
        try (Running running = new Running(jdk)) {
            running.attach("level=off");
            assertThat(running.woven()).isEmpty();
            running.does("leak");
            assertThat(running.findings()).isEmpty();

            running.level("jdk", "count");
            assertThat(running.woven()).isNotEmpty().allMatch(line -> line.contains("(jdk.rules line "));
            running.does("again");
            assertThat(running.findings())
                    .singleElement()
                    .matches(finding -> finding.type().equals(STREAM));
            assertThat(running.findings().get(0).example().events()).isEmpty();

            running.level("jdk", "full");
            running.does("again");
            assertThat(running.findings()).hasSize(2);
            assertThat(running.findings()).anyMatch(finding -> Watched.bornIn(finding, Attachable.class, "leakAgain"));

            running.level("jdk", "off");
            running.does("again");
            assertThat(running.woven()).isEmpty();
            assertThat(running.findings().stream().mapToLong(Observation::count).sum())
                    .isEqualTo(2);

            running.level("memory", "trace");
            assertThat(running.woven()).isNotEmpty().allMatch(line -> line.contains("(memory.rules line "));
            running.level("memory", "off");
            assertThat(running.woven()).isEmpty();

            running.level("netty", "trace");
            running.does("leak");
            assertThat(running.findings()).anyMatch(finding -> finding.type().startsWith(BUFFER));
        }
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_refuse_with_a_sentence_when_a_rule_or_level_is_unknown(int jdk) throws Exception {
        try (Running running = new Running(jdk)) {
            running.attach("level=off");
            assertThatThrownBy(() -> running.level("nety", "full"))
                    .rootCause()
                    .hasMessage("Unknown rule \"nety\"; the rules are netty, jdk, memory, rocksdb, zstd.");
            assertThatThrownBy(() -> running.level("netty", "loud"))
                    .rootCause()
                    .hasMessage("Unknown level \"loud\"; the levels are off, count, trace and full.");
        }
    }

    /** The program, and the connections to it. */
    private static final class Running implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;
        private final Writer in;
        private final VirtualMachine machine;
        private final JMXConnector connector;
        private final MBeanServerConnection beans;
        private final ObjectName control = new ObjectName("dev.heldby:type=Control");

        Running(int jdk) throws Exception {
            process = Launch.onJdk(jdk).classPath(Libraries.netty()).start(Attachable.class);
            out = new BufferedReader(new InputStreamReader(process.getInputStream()));
            in = process.outputWriter();
            assertThat(out.readLine()).isEqualTo("ready");
            machine = VirtualMachine.attach(Long.toString(process.pid()));
            connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            beans = connector.getMBeanServerConnection();
        }

        /* Twice, as the commands do: the second one registers the bean where the first one left that for later. */
        void attach(String options) throws Exception {
            machine.loadAgent(Watched.jar().toString(), options);
            machine.loadAgent(Watched.jar().toString(), options);
        }

        void does(String what) throws IOException {
            in.write(what + "\n");
            in.flush();
            assertThat(out.readLine()).isEqualTo("done");
        }

        List<Observation> findings() throws Exception {
            byte[] bytes = (byte[])
                    beans.invoke(control, "snapshot", new Object[] {true}, new String[] {boolean.class.getName()});
            Snapshot snapshot = SnapshotFile.read(new ByteArrayInputStream(bytes));
            assertThat(snapshot.coverage().troubles()).isEmpty();
            return Watched.findings(snapshot);
        }

        String[] woven() throws Exception {
            return (String[]) beans.invoke(control, "woven", null, null);
        }

        List<String> rules() throws Exception {
            return Arrays.asList((String[]) beans.getAttribute(control, "Rules"));
        }

        void level(String rule, String level) throws Exception {
            beans.invoke(control, "setLevel", new Object[] {rule, level}, new String[] {
                String.class.getName(), String.class.getName()
            });
        }

        @Override
        public void close() throws IOException {
            connector.close();
            machine.detach();
            in.write("quit\n");
            in.close();
            assertThat(process.onExit().join().exitValue()).isZero();
        }
    }
}
