// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.util.function.Supplier;
import org.elasticsearch.transport.LeakTracker;

/**
 * Elasticsearch's, one leak for each reference: tracked, recorded where it is released, and closed.
 *
 * <p>Closing does not record and drops what was recorded; the leak's text shows both stacks until then, so the proof does not
 * close.
 */
final class ElasticsearchTracked implements References {
    private final boolean closes;

    private record Tracked(Object object, LeakTracker.Leak leak) {}

    private ElasticsearchTracked(boolean closes) {
        this.closes = closes;
    }

    static Supplier<References> resource() {
        return () -> new ElasticsearchTracked(true);
    }

    @Override
    public Object take() {
        Object object = new Object();
        return new Tracked(object, LeakTracker.INSTANCE.track(object));
    }

    @Override
    public void release(Object reference) {
        LeakTracker.Leak leak = ((Tracked) reference).leak;
        leak.record();
        if (closes) {
            leak.close();
        }
    }

    @Override
    public String whileHeld(Object reference) {
        return ((Tracked) reference).leak.toString();
    }

    @Override
    public String afterRelease(Object reference) {
        String text = ((Tracked) reference).leak.toString();
        ((Tracked) reference).leak.close();
        return text;
    }

    @Override
    public References proof() {
        return new ElasticsearchTracked(false);
    }
}
