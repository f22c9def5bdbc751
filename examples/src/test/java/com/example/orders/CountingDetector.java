// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A Netty leak detector that follows every buffer and counts those that are held, by the method that took them.
 *
 * <p>It waits for no collector, so its counts are exact. Buffers that a class keeps as constants are left out. Its main
 * runs the demo to the end and prints the counts.
 */
public final class CountingDetector<T> extends ResourceLeakDetector<T> {

    private static final Map<String, Integer> HELD = new ConcurrentHashMap<>();

    public CountingDetector(Class<?> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
    }

    /** Netty looks for this constructor as well, and complains when it is missing. */
    public CountingDetector(Class<?> resourceType, int samplingInterval, long maxActive) {
        this(resourceType, samplingInterval);
    }

    public static void main(String[] args) throws Exception {
        Demo.main(args);
        HELD.values().removeIf(count -> count == 0);
        System.out.println("held: " + new TreeMap<>(HELD));
    }

    @Override
    public ResourceLeakTracker<T> track(T resource) {
        StackTraceElement[] stack = new Throwable().getStackTrace();
        boolean constant =
                Stream.of(stack).anyMatch(frame -> frame.getMethodName().equals("<clinit>"));
        return constant ? null : new Tracker<>(birthPlace(stack));
    }

    @Override
    public ResourceLeakTracker<T> trackForcibly(T resource) {
        return track(resource);
    }

    private static String birthPlace(StackTraceElement[] stack) {
        return Stream.of(stack)
                .filter(frame -> frame.getClassName().startsWith("com.example."))
                .filter(frame -> !frame.getClassName().equals(CountingDetector.class.getName()))
                .map(StackTraceElement::getMethodName)
                .findFirst()
                .orElse("netty");
    }

    private static final class Tracker<T> implements ResourceLeakTracker<T> {

        private final String birthPlace;
        private final AtomicBoolean closed = new AtomicBoolean();

        Tracker(String birthPlace) {
            this.birthPlace = birthPlace;
            HELD.merge(birthPlace, 1, Integer::sum);
        }

        @Override
        public void record() {}

        @Override
        public void record(Object hint) {}

        @Override
        public boolean close(T resource) {
            boolean first = closed.compareAndSet(false, true);
            if (first) {
                HELD.merge(birthPlace, -1, Integer::sum);
            }
            return first;
        }
    }
}
