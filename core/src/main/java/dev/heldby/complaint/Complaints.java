// SPDX-License-Identifier: Apache-2.0
package dev.heldby.complaint;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Where complaints go: to the system logger {@code dev.heldby}, to the flight recorder, to whoever listens.
 *
 * <p>Any thread may call. The first complaint of a kind at a place is logged as an error, those after it as warnings. What
 * a logger or a listener throws is swallowed: a complaint never changes what the program does.
 */
public final class Complaints {
    private static final Complaints OF_PROCESS = new Complaints();
    /** Beyond so many places every complaint counts as repeated. */
    private static final int PLACES = 4096;

    private final List<Consumer<Complaint>> listeners = new CopyOnWriteArrayList<>();
    private final Set<Place> known = ConcurrentHashMap.newKeySet();

    private record Place(String rule, String kind, int stack) {}

    /** The ones that the library's public classes complain to. */
    public static Complaints ofProcess() {
        return OF_PROCESS;
    }

    /**
     * From now on that listener hears every complaint, on the thread that caused it.
     *
     * @return what ends that
     */
    public Runnable listen(Consumer<Complaint> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Says it. */
    public void tell(String rule, String kind, String subject, String text, int stack) {
        deliver(new Complaint(rule, kind, subject, text, isFirst(rule, kind, stack)));
    }

    /** Says it unless there was a complaint of this kind before. */
    public void tellOnce(String rule, String kind, String subject, String text) {
        if (isFirst(rule, kind, 0)) {
            deliver(new Complaint(rule, kind, subject, text, true));
        }
    }

    private boolean isFirst(String rule, String kind, int stack) {
        return known.size() < PLACES && known.add(new Place(rule, kind, stack));
    }

    private void deliver(Complaint complaint) {
        swallow(() -> Log.write(complaint));
        swallow(() -> FlightRecorder.record(complaint));
        for (Consumer<Complaint> listener : listeners) {
            swallow(() -> listener.accept(complaint));
        }
    }

    private static void swallow(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            // The program's own fault must not turn into one of ours.
        }
    }

    /** Made at the first complaint, so that a program without one can still choose its logging. */
    private static final class Log {
        private static final System.Logger LOGGER = System.getLogger("dev.heldby");

        static void write(Complaint complaint) {
            LOGGER.log(complaint.isFirst() ? System.Logger.Level.ERROR : System.Logger.Level.WARNING, complaint.text());
        }
    }
}
