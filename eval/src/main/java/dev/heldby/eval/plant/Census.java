// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** What woven code calls in a census: how often each site is reached, and who gives back what whom. Any thread. */
public final class Census {
    private static final List<CallSite> SITES = new CopyOnWriteArrayList<>();
    private static final List<LongAdder> COUNTS = new CopyOnWriteArrayList<>();
    private static final Map<String, Integer> NUMBERS = new ConcurrentHashMap<>();
    private static final Map<String, LongAdder> TOLD = new ConcurrentHashMap<>();
    private static final Lives LIVES = new Lives();

    /** The site whose call this thread made last. */
    private static final ThreadLocal<CallSite> LAST = new ThreadLocal<>();

    private static final ThreadLocal<Boolean> TELLING = ThreadLocal.withInitial(() -> false);

    private Census() {}

    /** Has everything loaded before the first class of the JDK is woven. */
    static void warmUp() {
        Object object = new Object();
        born(object, 1);
        get(object, 1);
        put(object, 2);
        LIVES.lines();
    }

    static synchronized int register(CallSite site) {
        return NUMBERS.computeIfAbsent(site.id(), id -> {
            SITES.add(site);
            COUNTS.add(new LongAdder());
            return SITES.size() - 1;
        });
    }

    /** Before the call at a site. */
    public static void at(Object object, int site) {
        if (Program.isCounted(object)) {
            COUNTS.get(site).increment();
            LAST.set(SITES.get(site));
        }
    }

    /** An object was made, or came out of a pool. */
    public static void born(Object object, int references) {
        outermost(() -> LIVES.born(object, new Life.Event(references, null, Program.frames())));
    }

    /** References are about to be taken. */
    public static void get(Object object, int references) {
        outermost(() -> changed(object, references));
    }

    /** References are about to be given back. */
    public static void put(Object object, int references) {
        outermost(() -> changed(object, -references));
    }

    private static void changed(Object object, int change) {
        List<StackTraceElement> frames = Program.frames();
        String site = site(frames);
        if (LIVES.add(object, new Life.Event(change, site, frames)) && site != null) {
            TOLD.computeIfAbsent(site, k -> new LongAdder()).increment();
        }
    }

    /** What the JVM opens to load our own classes is not told of. */
    private static void outermost(Runnable telling) {
        if (!TELLING.get()) {
            TELLING.set(true);
            try {
                telling.run();
            } finally {
                TELLING.set(false);
            }
        }
    }

    /** The last site, if it is what led here. */
    private static String site(List<StackTraceElement> frames) {
        CallSite last = LAST.get();
        boolean ledHere = last != null
                && frames.stream()
                        .anyMatch(frame -> frame.getClassName().equals(last.className())
                                && frame.getMethodName().equals(last.method())
                                && frame.getLineNumber() == last.line());
        return ledHere ? last.id() : null;
    }

    /** How many lives were never given back to the end. */
    static long unended() {
        return LIVES.unended();
    }

    /** See {@link Lives#openOf}. */
    static Optional<Life.Event> openOf(Object object) {
        return LIVES.openOf(object);
    }

    /** See {@link Lives#openLines}. Once, at the end. */
    static List<String> openLines() {
        return LIVES.openLines();
    }

    /** One line for each site and for each pair. */
    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < SITES.size(); i++) {
            CallSite site = SITES.get(i);
            lines.add(String.join(
                    "\t",
                    "site",
                    site.id(),
                    site.get() ? "get" : "put",
                    site.className(),
                    site.method(),
                    site.calls(),
                    Integer.toString(site.line()),
                    Boolean.toString(site.early()),
                    Long.toString(COUNTS.get(i).sum()),
                    Long.toString(TOLD.getOrDefault(site.id(), new LongAdder()).sum())));
        }
        lines.addAll(LIVES.lines());
        return lines;
    }
}
