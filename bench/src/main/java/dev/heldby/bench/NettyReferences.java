// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.util.function.Supplier;

/**
 * Netty's detector without its buffers: an object is tracked, and its tracker closed.
 *
 * <p>The tracker's text shows the stack of {@code track}, {@code getCloseStackTraceIfAny} that of {@code close}.
 */
final class NettyReferences implements References {
    private final ResourceLeakDetector<Object> detector;

    private record Tracked(Object object, ResourceLeakTracker<Object> tracker) {}

    private NettyReferences(ResourceLeakDetector<Object> detector) {
        this.detector = detector;
    }

    static Supplier<References> resource() {
        ResourceLeakDetector<Object> detector =
                ResourceLeakDetectorFactory.instance().newResourceLeakDetector(Object.class);
        return () -> new NettyReferences(detector);
    }

    @Override
    public Object take() {
        Object object = new Object();
        return new Tracked(object, detector.track(object));
    }

    @Override
    public void release(Object reference) {
        Tracked tracked = (Tracked) reference;
        tracked.tracker.close(tracked.object);
    }

    @Override
    public String whileHeld(Object reference) {
        return ((Tracked) reference).tracker.toString();
    }

    @Override
    public String afterRelease(Object reference) {
        return Text.of(((Tracked) reference).tracker.getCloseStackTraceIfAny());
    }
}
