// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import dev.heldby.Level;
import dev.heldby.block.BlockEvents;
import dev.heldby.block.BlockProbes;
import dev.heldby.recording.FollowedRule;
import dev.heldby.recording.Probes;
import dev.heldby.recording.Recorder;
import dev.heldby.recording.ScopeWatch;
import dev.heldby.recording.Snapshots;
import dev.heldby.recording.Witness;
import dev.heldby.weave.Gate;
import dev.heldby.weave.Kinds;
import dev.heldby.weave.Weaver;
import dev.heldby.weave.rules.Rule;
import dev.heldby.weave.rules.RuleBook;
import dev.heldby.weave.rules.RuleFiles;
import dev.heldby.weave.rules.RuleSyntaxException;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.management.JMException;

/** Puts the agent to work in this process, once: parse, weave, start, test. Lives in the bootstrap loader. */
public final class Installation {
    /* Late enough that a program can still choose its own MBean server and logging, early enough for a person. */
    private static final long REGISTER_AFTER_MILLIS = 3000;

    private static Control control;

    private Installation() {}

    /**
     * Installs the agent; where it is installed already, only makes sure that the control bean is registered.
     *
     * @throws BadOptionException with a sentence, if an option or a rule file is wrong; then nothing was done
     */
    public static synchronized void install(String text, Instrumentation instrumentation)
            throws BadOptionException, IllegalAccessException, JMException {
        if (control != null) {
            control.register();
            return;
        }
        AgentOptions options = AgentOptions.parse(text);
        RuleBook book = new RuleBook(rules(options));
        if (book.blockRules().size() > BlockEvents.MOST_RULES) {
            throw new BadOptionException("There are " + book.blockRules().size()
                    + " rules about off-heap memory, and no more than " + BlockEvents.MOST_RULES
                    + " can be in force; join some of them.");
        }
        JavaBase.open(instrumentation);
        JavaBase.defineGate();
        Recorder recorder = Probes.recorder();
        recorder.unrecorded(() -> start(options, book, recorder, instrumentation));
        String failure = SelfTest.failure();
        if (failure != null) {
            throw new IllegalStateException("the self-test failed: " + failure);
        }
        if (options.mode().equals("attach")) {
            // The program is long past its start, and the command that attached wants to speak to the bean now.
            control.register();
        } else {
            registerLater(control);
        }
    }

    private static List<Rule> rules(AgentOptions options) throws BadOptionException {
        List<Rule> rules = new ArrayList<>(RuleFiles.builtIn());
        for (Path file : options.ruleFiles()) {
            try {
                rules.addAll(RuleFiles.read(file));
            } catch (IOException | RuleSyntaxException e) {
                throw new BadOptionException(e.getMessage());
            }
        }
        refuseUnknown(options.levels().keySet(), rules);
        return rules;
    }

    private static void refuseUnknown(Set<String> names, List<Rule> rules) throws BadOptionException {
        List<String> known = new ArrayList<>(rules.stream().map(Rule::name).toList());
        known.addAll(Witness.PARTS);
        for (String name : names) {
            if (!name.isEmpty() && !known.contains(name)) {
                throw new BadOptionException("The agent option \"level." + name + "\" names no rule; the rules are "
                        + String.join(", ", known) + ".");
            }
        }
    }

    private static void start(AgentOptions options, RuleBook book, Recorder recorder, Instrumentation instrumentation) {
        Troubles troubles = new Troubles();
        if (options.lapsed()) {
            recorder.lapses().watch();
        }
        Weaver weaver = new Weaver(book, new Kinds(book, recorder, options::level), Gate.NAME, options.lapsed());
        LoadedClasses loaded = new LoadedClasses(instrumentation, book, troubles);
        LostBirths lost = new LostBirths(className -> recorder.unrecorded(() -> loaded.reweaveClass(className)));
        ProbeTransformer transformer = new ProbeTransformer(weaver, recorder, troubles, lost);
        BlockProbes.door(); // Before a probe needs it, on a thread that may be in the midst of loading a class.
        if (options.counted()) {
            instrumentation.addTransformer(CountedProgram.weave(book, instrumentation, troubles));
        }
        instrumentation.addTransformer(transformer, true);
        loaded.reweave(name -> recorder.rules().stream().anyMatch(rule -> isOn(rule, name)));
        recorder.setLibraryLevels(options::level);
        if (options.exceptions()) {
            recorder.escapes().watch(lost::add);
        }
        recorder.reaper().reportOlderThan(options.age());
        recorder.reaper().start();
        Snapshots snapshots =
                new Snapshots(recorder, version(), options.mode(), troubles, new ProgramCode(instrumentation, book));
        snapshots.growthAfter(options.growth());
        new ScopeWatch(recorder, snapshots).install();
        OffHeap offHeap = new OffHeap(book, recorder, troubles);
        offHeap.afterWeaving();
        snapshots.also(offHeap::observations, offHeap::footprint);
        SnapshotWriter writer = new SnapshotWriter(recorder, snapshots, offHeap, options);
        writer.writeAtExit();
        writer.writeEvery();
        control = new Control(recorder, snapshots, transformer, loaded, offHeap);
    }

    private static boolean isOn(FollowedRule rule, String name) {
        return rule.name().equals(name) && rule.level() != Level.OFF;
    }

    private static void registerLater(Control control) {
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        Thread.sleep(REGISTER_AFTER_MILLIS);
                        control.register();
                    } catch (InterruptedException | JMException | RuntimeException e) {
                        // An attaching command registers it again, and tells of the failure.
                    }
                },
                "HeldBy control",
                0,
                false);
        thread.setDaemon(true);
        thread.start();
    }

    private static String version() {
        String version = Installation.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
