// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import dev.heldby.Level;
import dev.heldby.block.Block;
import dev.heldby.block.BlockProbes;
import dev.heldby.block.Blocks;
import dev.heldby.recording.FollowedRule;
import dev.heldby.recording.Recorder;
import dev.heldby.scan.Origin;
import dev.heldby.scan.ScanControl;
import dev.heldby.scan.ScanResult;
import dev.heldby.scan.ScanThread;
import dev.heldby.scan.Scanner;
import dev.heldby.scan.Trend;
import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Footprint;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.LostBlocks;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import dev.heldby.weave.rules.Rule;
import dev.heldby.weave.rules.RuleBook;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The off-heap memory of this process: the records of its blocks while a rule about them is on, the scans, and what these
 * found. Any thread may call.
 */
final class OffHeap {
    /** Some 200 megabytes of records, if ever so many are allocated at one time. */
    private static final int MOST_BLOCKS = 1 << 22;

    private static final String TYPE = "off-heap memory";

    /** Those about blocks, by the numbers that blocks know them by. */
    private final List<FollowedRule> rules;

    private final Recorder recorder;
    private final Troubles troubles;
    /* Guarded by this. */
    private Watch watch;
    private final Map<Origin, Instant> firstSeen = new HashMap<>();

    /** @param recorder which follows the rules of the book already */
    OffHeap(RuleBook book, Recorder recorder, Troubles troubles) {
        this.rules =
                book.blockRules().stream().map(rule -> followed(rule, recorder)).toList();
        this.recorder = recorder;
        this.troubles = troubles;
    }

    /** The records and all that works on them, from one switching on to the next switching off. */
    private record Watch(Blocks blocks, Scanner scanner, ScanThread thread, ScanControl control, long originMillis) {}

    private static FollowedRule followed(Rule rule, Recorder recorder) {
        return recorder.rules().stream()
                .filter(followed -> followed.name().equals(rule.name()))
                .findFirst()
                .orElseThrow();
    }

    private boolean isOff(int rule) {
        return rules.get(rule).level() == Level.OFF;
    }

    /** To be called when a rule was switched off, before its probes are taken away. */
    synchronized void beforeWeaving() {
        if (watch != null && IntStream.range(0, rules.size()).allMatch(this::isOff)) {
            BlockProbes.door().shut();
            watch.thread.stop();
            watch.blocks.end();
            watch.blocks.clear();
            watch = null;
            firstSeen.clear();
        }
    }

    /** To be called when the probes of all rules that are on were put in place, and those of the others taken away. */
    synchronized void afterWeaving() {
        if (watch != null) {
            IntStream.range(0, rules.size()).filter(this::isOff).forEach(watch.blocks::forget);
        } else if (!IntStream.range(0, rules.size()).allMatch(this::isOff)) {
            watch = begin();
            BlockProbes.door().open(watch.blocks);
            watch.thread.start();
        }
    }

    private Watch begin() {
        Blocks blocks =
                new Blocks(MOST_BLOCKS, recorder.depot(), recorder::thread, System::currentTimeMillis, troubles::tell);
        blocks.levels(rule -> rules.get(rule).level());
        Scanner scanner = new Scanner(blocks, new OwnMemory());
        ScanThread thread = new ScanThread(scanner, this::tell);
        return new Watch(
                blocks,
                scanner,
                thread,
                new ScanControl(scanner, thread, recorder.depot(), recorder::threadName),
                System.currentTimeMillis());
    }

    private void tell(ScanResult result) {
        if (!result.isComplete()) {
            troubles.tell(result.reason());
        } else if (!result.summary().isEmpty()) {
            System.err.println("HeldBy: " + result.summary() + " 'heldby report "
                    + ProcessHandle.current().pid() + "' shows where they were allocated.");
        }
    }

    /**
     * Does what a command says, see {@link ScanControl#command}; lists the leaks if it is empty.
     *
     * @throws IllegalStateException with a sentence, if blocks are not recorded
     */
    String command(String line) {
        ScanControl control = control();
        return line.isEmpty() ? control.read() : control.command(line);
    }

    private synchronized ScanControl control() {
        if (watch == null) {
            throw new IllegalStateException("off-heap blocks are not recorded; 'heldby level "
                    + ProcessHandle.current().pid()
                    + " memory=trace' begins to, and those allocated from then on are known.");
        }
        return watch.control;
    }

    /**
     * Scans as often as it takes to report a block, now that the program has ended and none is too young. Does nothing if blocks are
     * not recorded.
     */
    void scanAtExit() {
        Watch last = watch();
        if (last != null && last.blocks.isOn()) {
            last.thread.stop();
            Scanner.Choices choices = last.scanner.choices();
            last.scanner.choose(new Scanner.Choices(choices.threadStacks(), 0, choices.consecutiveScans()));
            for (int scan = 0; scan <= choices.consecutiveScans(); scan++) {
                ScanResult result = last.scanner.scan();
                if (!result.isComplete()) {
                    troubles.tell(result.reason());
                }
            }
        }
    }

    private synchronized Watch watch() {
        return watch;
    }

    /** The leaks that are known now, those of one rule and stack together. */
    synchronized List<Observation> observations() {
        if (watch == null) {
            return List.of();
        }
        Instant now = Instant.now();
        return Origin.group(watch.scanner.leaks()).values().stream()
                .map(leaks -> observation(leaks, now))
                .toList();
    }

    /** What explains the off-heap memory; null if blocks are not recorded. */
    Footprint footprint() {
        Watch now = watch();
        return now == null ? null : now.scanner.footprint(recorder.depot());
    }

    private Observation observation(List<Block> leaks, Instant now) {
        Block first = leaks.get(0);
        Event birth = new Event(
                Op.BORN,
                1,
                recorder.threadName(first.thread()),
                Instant.ofEpochMilli(watch.originMillis + first.bornMillis()),
                recorder.depot().frames(first.stack()),
                false);
        return new Observation(
                Observation.State.UNREFERENCED,
                TYPE,
                rules.get(first.rule()).name(),
                leaks.size(),
                leaks.stream().mapToLong(Block::size).sum(),
                firstSeen.computeIfAbsent(Origin.of(first), origin -> now),
                now,
                "",
                History.whole(List.of(birth)),
                lost(leaks, now));
    }

    private LostBlocks lost(List<Block> leaks, Instant now) {
        LongSummaryStatistics sizes = leaks.stream().mapToLong(Block::size).summaryStatistics();
        LongSummaryStatistics ages = leaks.stream()
                .mapToLong(leak -> now.toEpochMilli() - watch.originMillis - leak.bornMillis())
                .summaryStatistics();
        Block first = leaks.get(0);
        Trend trend = watch.scanner.trend(Origin.of(first));
        return new LostBlocks(
                sizes.getMin(),
                sizes.getMax(),
                ages.getMin(),
                ages.getMax(),
                trend.moreBlocks(),
                trend.moreBytes(),
                trend.growing(),
                watch.control.content(first).lines().skip(1).map(String::strip).toList());
    }
}
