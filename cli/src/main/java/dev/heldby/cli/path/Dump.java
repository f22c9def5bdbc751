// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli.path;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import shark.CloseableHeapGraph;
import shark.HprofHeapGraph;
import shark.HprofRecordTag;

/** A heap dump that is open to be searched. Reads its index into memory. For one thread. */
public final class Dump implements AutoCloseable {
    private final CloseableHeapGraph graph;

    private Dump(CloseableHeapGraph graph) {
        this.graph = graph;
    }

    /**
     * Reads the index of that file, which may be deleted from then on.
     *
     * @throws IOException with the reason, if it cannot be read
     */
    public static Dump open(Path file) throws IOException {
        try {
            return new Dump(HprofHeapGraph.Companion.openHeapGraph(
                    file.toFile(), null, HprofRecordTag.Companion.getRootTags()));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IOException("it is no heap dump that can be read: " + e.getMessage(), e);
        }
    }

    /** The shortest path of strong references; empty if none leads there. */
    public Optional<ShortestPath.Found> path(Target target) {
        return new ShortestPath(graph, target).search();
    }

    /** The counted objects of that type that were born at that millisecond and are not collected. */
    public Set<Long> counted(String type, Instant born) {
        return new CountedObjects(graph).of(type, born);
    }

    CloseableHeapGraph graph() {
        return graph;
    }

    @Override
    public void close() throws IOException {
        graph.close();
    }
}
