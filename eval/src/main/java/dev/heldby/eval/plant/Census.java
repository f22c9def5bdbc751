// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** What woven code calls in a census: how often each site is reached, and who gives back what whom. Any thread. */
public final class Census {
    private static final List<CallSite> SITES = new CopyOnWriteArrayList<>();
    private static final List<LongAdder> COUNTS = new CopyOnWriteArrayList<>();
    private static final Map<String, Integer> NUMBERS = new ConcurrentHashMap<>();
    private static final Lives LIVES = new Lives();

    /** The site whose call this thread made last. */
    private static final ThreadLocal<CallSite> LAST = new ThreadLocal<>();

    private Census() {}

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
        LIVES.born(object, new Life.Event(references, null, Program.frames()));
    }

    /** References are about to be taken. */
    public static void get(Object object, int references) {
        List<StackTraceElement> frames = Program.frames();
        LIVES.add(object, new Life.Event(references, site(frames), frames));
    }

    /** References are about to be given back. */
    public static void put(Object object, int references) {
        List<StackTraceElement> frames = Program.frames();
        LIVES.add(object, new Life.Event(-references, site(frames), frames));
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
                    Long.toString(COUNTS.get(i).sum())));
        }
        lines.addAll(LIVES.lines());
        return lines;
    }
}
