// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.Block;
import dev.heldby.depot.StackDepot;
import dev.heldby.heap.DumpedHeap;
import dev.heldby.snapshot.FootprintText;
import java.io.IOException;
import java.util.function.IntFunction;

/**
 * The commands of a scanner, with the words of the kernel's {@code kmemleak} file: {@code off}, {@code stack=on}, {@code
 * stack=off}, {@code scan=on}, {@code scan=off}, {@code scan=SECONDS}, {@code scan}, {@code clear} and {@code dump=ADDRESS}.
 *
 * <p>Of its own it has {@code precise}, a scan that reads a dump of the heap, {@code hex=on} and {@code hex=off},
 * whether the first bytes of a block are shown, {@code summary}, which adds up the blocks of each place, and {@code holders=ADDRESS}, which tells what
 * points to a block from outside of the heap.
 *
 * <p>A command is known by how it begins, and only its first {@value #LONGEST} characters are looked at. Numbers are decimal,
 * octal behind {@code 0}, or hexadecimal behind {@code 0x}. Any thread may call.
 */
public final class ScanControl {
    static final int LONGEST = 63;
    private static final String NOTHING_NEW = "No new suspected leak of off-heap memory.";
    private static final long MOST_UNSIGNED = 0xffff_ffffL;
    private static final long MOST_SECONDS = MOST_UNSIGNED / 1000;

    private final Scanner scanner;
    private final ScanThread thread;
    private final StackDepot depot;
    private final LeakText text;
    private volatile boolean hex;

    /** @param threads gives the name of the thread with a number */
    public ScanControl(Scanner scanner, ScanThread thread, StackDepot depot, IntFunction<String> threads) {
        this.scanner = scanner;
        this.thread = thread;
        this.depot = depot;
        this.text = new LeakText(depot, threads, this::content);
    }

    /** The leaks that were reported and are unreferenced still, in the order of allocation; empty if there are none. */
    public String read() {
        return text.each(scanner.leaks());
    }

    /**
     * Does what it says.
     *
     * @return a sentence or a listing, empty if there is nothing to say
     * @throws IllegalArgumentException with a sentence, for what is no command
     * @throws IllegalStateException with a sentence, when blocks are not recorded any more; but {@code clear} is done then too
     */
    public String command(String line) {
        String command = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
        if (command.startsWith("clear")) {
            scanner.clear();
            return "";
        }
        if (!scanner.isOn()) {
            throw new IllegalStateException("Off-heap blocks are not recorded any more, so '" + command.strip()
                    + "' cannot be done: only 'clear' is left; restart the program to record them again.");
        }
        return whileOn(command);
    }

    /** How a block begins, as lines behind a title; empty unless {@code hex=on} was said. */
    public String content(Block block) {
        return hex ? scanner.hexDump(block) : "";
    }

    private String whileOn(String command) {
        if (command.startsWith("off")) {
            off();
        } else if (command.startsWith("stack=on")) {
            scanner.threadStacks(true);
        } else if (command.startsWith("stack=off")) {
            scanner.threadStacks(false);
        } else if (command.startsWith("hex=on")) {
            hex = true;
        } else if (command.startsWith("hex=off")) {
            hex = false;
        } else if (command.startsWith("scan=on")) {
            thread.start();
        } else if (command.startsWith("scan=off")) {
            thread.stop();
        } else if (command.startsWith("scan=")) {
            period(number(command, "scan=", MOST_UNSIGNED));
        } else if (command.startsWith("scan")) {
            return shown(scanner.scan());
        } else if (command.startsWith("precise")) {
            return shown(scanner.scanPrecisely(new DumpedHeap()));
        } else if (command.startsWith("summary")) {
            return String.join("\n", FootprintText.lines(scanner.footprint(depot))) + "\n";
        } else if (command.startsWith("holders=")) {
            return holders(number(command, "holders=", Long.MAX_VALUE));
        } else if (command.startsWith("dump=")) {
            return dump(number(command, "dump=", Long.MAX_VALUE));
        } else {
            throw new IllegalArgumentException(
                    "There is no command '" + command.strip()
                            + "': give off, stack=on, stack=off, hex=on, hex=off, scan=on, scan=off, scan=SECONDS, scan, precise, clear, dump=ADDRESS, holders=ADDRESS or summary.");
        }
        return "";
    }

    private void off() {
        scanner.off();
        thread.stop();
    }

    private void period(long seconds) {
        thread.stop();
        if (seconds > 0) {
            thread.periodSeconds(Math.min(seconds, MOST_SECONDS));
            thread.start();
        }
    }

    private String shown(ScanResult result) {
        String trend = result.isComplete() ? scanner.trend().text() : "";
        String summary = result.summary().isEmpty() && !trend.isEmpty() ? NOTHING_NEW : result.summary();
        return text.byStack(result.newLeaks()) + (summary + " " + trend).strip();
    }

    private String dump(long address) {
        Block block = scanner.dump(address);
        if (block == null) {
            throw unknown(address);
        }
        return text.full(block);
    }

    static IllegalArgumentException unknown(long address) {
        return new IllegalArgumentException("The address 0x" + Long.toHexString(address)
                + " is in no recorded block: give one that a listing shows, or one inside of such a block.");
    }

    private String holders(long address) {
        try {
            return scanner.holders(address, new DumpedHeap());
        } catch (IOException e) {
            throw new IllegalStateException("The memory cannot be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("The reading was interrupted: it found nothing out.", e);
        }
    }

    private static long number(String command, String word, long most) {
        String digits = command.substring(word.length()).strip();
        try {
            long number = Long.decode(digits);
            if (number >= 0 && number <= most && !digits.startsWith("-") && !digits.contains("#")) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("'" + digits + "' in '" + command.strip()
                + "' is no number that fits: give a decimal one, or 0x and hexadecimal digits.");
    }
}
