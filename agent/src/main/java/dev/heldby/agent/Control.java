// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import dev.heldby.Level;
import dev.heldby.recording.FollowedRule;
import dev.heldby.recording.Reaper;
import dev.heldby.recording.Recorder;
import dev.heldby.recording.Snapshots;
import dev.heldby.snapshot.SnapshotFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/** See {@link ControlMXBean}. Safe for threads. */
final class Control implements ControlMXBean {
    private static final Duration COLLECT_LIMIT = Duration.ofSeconds(3);

    private final Recorder recorder;
    private final Snapshots snapshots;
    private final ProbeTransformer transformer;
    private final LoadedClasses loaded;
    private final OffHeap offHeap;
    private boolean registered;

    Control(
            Recorder recorder,
            Snapshots snapshots,
            ProbeTransformer transformer,
            LoadedClasses loaded,
            OffHeap offHeap) {
        this.recorder = recorder;
        this.snapshots = snapshots;
        this.transformer = transformer;
        this.loaded = loaded;
        this.offHeap = offHeap;
    }

    synchronized void register() throws JMException {
        if (!registered) {
            ManagementFactory.getPlatformMBeanServer().registerMBean(this, new ObjectName("dev.heldby:type=Control"));
            registered = true;
            recorder.managed();
        }
    }

    @Override
    public String[] getRules() {
        return recorder.rules().stream()
                .map(rule -> rule.name() + "=" + rule.level())
                .toArray(String[]::new);
    }

    @Override
    public synchronized void setLevel(String name, String level) {
        Level wanted = Level.named(level);
        FollowedRule rule = recorder.rules().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown rule \"" + name + "\"; the rules are "
                        + recorder.rules().stream().map(FollowedRule::name).collect(Collectors.joining(", ")) + "."));
        boolean probesChange = (rule.level() == Level.OFF) != (wanted == Level.OFF);
        recorder.setLevel(rule, wanted);
        if (probesChange) {
            offHeap.beforeWeaving();
            loaded.reweave(name::equals);
            offHeap.afterWeaving();
        }
    }

    @Override
    public String blocks(String command) {
        return offHeap.command(command);
    }

    @Override
    public String[] woven() {
        return transformer.probes().toArray(String[]::new);
    }

    @Override
    public byte[] snapshot(boolean collectFirst) {
        if (collectFirst) {
            Reaper.collect(recorder, COLLECT_LIMIT);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        recorder.unrecorded(() -> write(bytes));
        return bytes.toByteArray();
    }

    private void write(ByteArrayOutputStream bytes) {
        try {
            SnapshotFile.write(snapshots.running(), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
