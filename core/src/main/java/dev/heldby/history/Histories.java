// SPDX-License-Identifier: Apache-2.0
package dev.heldby.history;

import dev.heldby.Level;
import dev.heldby.recording.Holding;
import dev.heldby.recording.LibraryLevel;
import dev.heldby.recording.Witness;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The histories that have not exited. The kernel's counterpart is the hash of perf's {@code refcnt.c} and its report.
 *
 * <p>Any thread may call. Neither an object nor its {@link CountHistory} is kept from the collector; what is recorded
 * of them is kept until the exit, also when the collector took them. Their number is bounded by a part of the heap, and
 * those that found no room are counted.
 *
 * <p>System properties, read once: {@code heldby.history.filter}, a pattern with {@code *} and {@code ?} for the names
 * of histories to record, and {@code heldby.history.report}, {@code summary} or {@code verbose}, for a report on
 * standard error at the end of the process.
 */
public final class Histories {
    /** How many histories fit in a sixteenth of the heap. */
    private static final long ROOM = Runtime.getRuntime().maxMemory() / 16 / 512;

    private static final Histories OF_PROCESS = new Histories(Witness.ofProcess("history"), filterOfProcess(), ROOM);

    static {
        if (!LibraryLevel.OFF) {
            ExitReport.register(OF_PROCESS, System.getProperty(ExitReport.PROPERTY));
        }
    }

    final Witness witness;
    private final Glob filter;
    private final long room;
    private final Set<FollowedHistory> followed = ConcurrentHashMap.newKeySet();
    private final AtomicLong begun = new AtomicLong();
    private final LongAdder turnedAway = new LongAdder();

    /**
     * @param filter for the names of those to record; null for all
     * @param room for how many at once
     */
    Histories(Witness witness, Glob filter, long room) {
        this.witness = witness;
        this.filter = filter;
        this.room = room;
        witness.watch(new Found());
    }

    /** Those of {@link CountHistory#of}. */
    public static Histories ofProcess() {
        return OF_PROCESS;
    }

    private static Glob filterOfProcess() {
        String filter = System.getProperty("heldby.history.filter");
        return filter == null ? null : Glob.of(filter);
    }

    CountHistory begin(Object object, String name, int initial) {
        boolean wanted = witness.level() != Level.OFF && (filter == null || filter.matches(name));
        return new CountHistory(object, name, initial, wanted ? this : null);
    }

    /** Null if there is no room. */
    FollowedHistory follow(Object object, CountHistory history, String name, AtomicInteger count) {
        if (followed.size() >= room) {
            turnedAway.increment();
            return null;
        }
        FollowedHistory added = new FollowedHistory(this, begun.incrementAndGet(), object, history, name, count);
        followed.add(added);
        return added;
    }

    void forget(FollowedHistory history) {
        followed.remove(history);
    }

    /**
     * The objects that have not exited, oldest first; empty if there is none.
     *
     * @param verbose whether with the events of each; else only how many there are
     */
    public String report(boolean verbose) {
        List<FollowedHistory> unreclaimed = followed.stream()
                .sorted(Comparator.comparingLong(FollowedHistory::id))
                .toList();
        if (unreclaimed.isEmpty()) {
            return "";
        }
        HistoryText text = new HistoryText(witness);
        if (verbose) {
            text.addVerbosely(unreclaimed);
        }
        text.addTotal(unreclaimed.size());
        text.addTurnedAway(turnedAway.sum());
        if (!verbose) {
            text.addHint();
        }
        return text.toString();
    }

    /**
     * Writes the report, if there is anything to report, and complains. At the end of a process a logger may have ended
     * before us, so that the complaint alone would be lost.
     */
    void reportAtExit(boolean verbose, PrintStream out) {
        String report = report(verbose);
        if (!report.isEmpty()) {
            out.print("Unreclaimed objects were found.\n" + report);
            out.flush();
            witness.complain("unreclaimed", "", "Unreclaimed objects were found, as standard error says.", 0);
        }
    }

    /** How scopes, ages and the exit find them. Whatever became unreachable is observed on the way. */
    private final class Found implements Holding.Source {
        @Override
        public void forEach(Consumer<? super Holding> visitor) {
            followed.forEach(history -> {
                history.observeIfUnreachable();
                visitor.accept(history);
            });
        }

        @Override
        public long begun() {
            return begun.get();
        }
    }
}
