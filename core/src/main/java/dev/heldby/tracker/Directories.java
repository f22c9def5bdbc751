// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import dev.heldby.recording.Holding;
import dev.heldby.recording.Scope;
import dev.heldby.recording.Subject;
import dev.heldby.recording.Trail;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The open directories, for whoever wants to look at them while the program runs. The kernel's {@code
 * /sys/kernel/debug/ref_tracker}.
 *
 * <p>Any thread may call. An open directory is not kept from being collected by being listed here; if it is, whatever
 * references to it were held are watched one by one from then on.
 */
public final class Directories implements Holding.Source, DirectoriesMXBean {
    private static final Directories OF_PROCESS = ofProcess(Witness.ofProcess("directory"));

    private final Witness witness;
    private final AtomicLong opened = new AtomicLong();
    private final LongAdder begunInClosed = new LongAdder();
    private final Map<String, Open> open = new ConcurrentSkipListMap<>();

    Directories(Witness witness) {
        this.witness = witness;
        witness.watch(this);
    }

    private static Directories ofProcess(Witness witness) {
        Directories directories = new Directories(witness);
        witness.whenManaged(() -> {
            try {
                directories.register();
            } catch (JMException | RuntimeException e) {
                // Reading them is a convenience; whoever needs it registers them and hears why it failed.
            }
        });
        return directories;
    }

    /** Those of this process. */
    public static Directories ofProcess() {
        return OF_PROCESS;
    }

    /** An open directory, as long as it is reachable. What it holds outlives it here, until it was seen to. */
    private final class Open extends Witness.Watched {
        final Account account;
        final Stripes stripes;

        Open(Directory directory) {
            super(directory, witness);
            account = directory.account();
            stripes = directory.stripes();
        }

        /** Nobody can close it any more: each of its references is a leak once it cannot be released any more either. */
        @Override
        protected void collected() {
            if (stripes.close().isPresent()) {
                forget(account, stripes);
                stripes.handOver(tracker -> witness.adopt(tracker, subject(tracker)));
            }
        }
    }

    Directory open(String name, int quarantine, int capacity) {
        Account account = new Account(witness, name, opened.incrementAndGet(), quarantine, capacity);
        Directory directory = new Directory(account, this);
        open.put(account.label(), new Open(directory));
        return directory;
    }

    void closed(Account account, Stripes stripes, List<Tracker> leaked) {
        forget(account, stripes);
        account.quarantine.clear();
        if (!leaked.isEmpty()) {
            leaked(account, leaked);
        }
        int stack = account.anonymous.isEven() && account.withoutTracker.isEven() ? 0 : witness.stack();
        unbalanced(account, account.anonymous, "anonymous references", stack);
        unbalanced(account, account.withoutTracker, "references for which there was no tracker", stack);
    }

    private void forget(Account account, Stripes stripes) {
        begunInClosed.add(stripes.begun());
        open.remove(account.label());
    }

    private void leaked(Account account, List<Tracker> leaked) {
        String report = DirectoryReport.of(account, leaked, Directory.REPORTED_STACKS);
        leaked.forEach(
                tracker -> surrender(tracker, subject -> witness.observe(Observation.State.HELD_AT_CLOSE, subject, 1)));
        witness.complain(
                "leak",
                account.label(),
                account.shown() + ": closed with references left: " + leaked.size() + ".\n" + report,
                witness.stack());
    }

    private void unbalanced(Account account, Balance balance, String what, int stack) {
        if (balance.isEven()) {
            return;
        }
        String note = balance.isBroken()
                ? "closed after more " + what + " were given back than taken"
                : "closed with " + what + " left: " + balance.out();
        account.wrong(
                "unbalanced",
                account.shown() + ": " + note + ".",
                Observation.State.MISUSE,
                Releasing.one(Op.PUT, balance.out(), stack, witness),
                note,
                stack);
    }

    /** For who has the lock of its stripe. */
    private Subject subject(Tracker tracker) {
        Trail trail = tracker.trail();
        return witness.subject(tracker.stripe.account.name(), tracker.scope, trail, "");
    }

    private void surrender(Tracker tracker, Consumer<Subject> to) {
        Subject subject = tracker.stripe.locked(() -> {
            if (tracker.state != Tracker.State.HELD) {
                return null;
            }
            tracker.state = Tracker.State.TOLD;
            return subject(tracker);
        });
        if (subject != null) {
            to.accept(subject);
        }
    }

    /** A held reference as the recorder sees it. */
    private final class Held implements Holding {
        private final Tracker tracker;

        Held(Tracker tracker) {
            this.tracker = tracker;
        }

        @Override
        public Scope scope() {
            return tracker.scope;
        }

        @Override
        public long bornMicros() {
            return tracker.takenMicros();
        }

        @Override
        public boolean isHeld() {
            return tracker.stripe.locked(() -> tracker.state == Tracker.State.HELD);
        }

        @Override
        public void surrender(Consumer<Subject> to) {
            Directories.this.surrender(tracker, to);
        }
    }

    @Override
    public void forEach(Consumer<? super Holding> visitor) {
        open.values().forEach(each -> each.stripes.all().forEach(tracker -> visitor.accept(new Held(tracker))));
    }

    @Override
    public long begun() {
        return begunInClosed.sum()
                + open.values().stream().mapToLong(each -> each.stripes.begun()).sum();
    }

    /**
     * Makes them readable by JMX as {@code dev.heldby:type=Directories}. The agent does so by itself.
     *
     * @throws JMException if the platform's server refuses
     */
    public synchronized void register() throws JMException {
        ObjectName name = new ObjectName("dev.heldby:type=Directories");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        if (!server.isRegistered(name)) {
            server.registerMBean(this, name);
        }
    }

    @Override
    public Map<String, Integer> getHeld() {
        Map<String, Integer> held = new TreeMap<>();
        open.values().forEach(each -> held.put(each.account.shown(), each.stripes.held()));
        return held;
    }

    @Override
    public String report(String name) {
        Open found = find(name);
        return DirectoryReport.of(found.account, found.stripes.newestFirst(), Directory.REPORTED_STACKS);
    }

    private Open find(String name) {
        Open found = open.get(name);
        if (found != null) {
            return found;
        }
        List<Open> named = open.values().stream()
                .filter(each -> name.equals(each.account.alias()))
                .toList();
        if (named.size() != 1) {
            throw new IllegalArgumentException(
                    "No open directory is named \"" + name + "\": it was closed, or there never was one.");
        }
        return named.get(0);
    }
}
