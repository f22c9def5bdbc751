// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli.path;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import shark.GcRoot;
import shark.HeapField;
import shark.HeapGraph;
import shark.HeapObject;
import shark.HeapObject.HeapClass;
import shark.HeapObject.HeapInstance;

/**
 * Where the collector begins: the static fields of each class first, by name, as these tell most; then the variables of threads;
 * then the rest. So of two paths of one length it is always the same that is found.
 */
final class Roots {
    private static final String OWN = "dev.heldby.";

    private final HeapGraph graph;
    private final Map<Integer, String> threads = new HashMap<>();

    record Root(long object, int rank, String name) {
        static final Comparator<Root> ORDER =
                Comparator.comparingInt(Root::rank).thenComparing(Root::name).thenComparingLong(Root::object);
    }

    private Roots(HeapGraph graph) {
        this.graph = graph;
    }

    static List<Root> of(HeapGraph graph) {
        return new Roots(graph).all();
    }

    private List<Root> all() {
        List<GcRoot> roots = graph.getGcRoots();
        roots.forEach(this::nameThread);
        Stream<Root> classes = stream(graph.getClasses().iterator())
                .filter(type -> !type.getName().startsWith(OWN))
                .map(type -> new Root(type.getObjectId(), 0, "class " + type.getName()));
        return Stream.concat(classes, roots.stream().flatMap(this::root))
                .sorted(Root.ORDER)
                .toList();
    }

    static <T> Stream<T> stream(Iterator<T> iterator) {
        Iterable<T> iterable = () -> iterator;
        return StreamSupport.stream(iterable.spliterator(), false);
    }

    private void nameThread(GcRoot root) {
        if (root instanceof GcRoot.ThreadObject thread) {
            HeapObject object = graph.findObjectByIdOrNull(thread.getId());
            HeapField name = object instanceof HeapInstance instance ? instance.get("java.lang.Thread", "name") : null;
            String text = name == null ? null : name.getValue().readAsJavaString();
            threads.put(thread.getThreadSerialNumber(), text == null ? "without a name" : "'" + text + "'");
        }
    }

    private Stream<Root> root(GcRoot root) {
        HeapObject object = graph.findObjectByIdOrNull(root.getId());
        return object == null || object instanceof HeapClass
                ? Stream.empty()
                : Stream.of(new Root(object.getObjectId(), rank(root), name(root)));
    }

    private static int rank(GcRoot root) {
        if (root instanceof GcRoot.JavaFrame) {
            return 1;
        }
        return root instanceof GcRoot.ThreadObject ? 2 : 3;
    }

    private String name(GcRoot root) {
        if (root instanceof GcRoot.JavaFrame frame) {
            return "a local variable of thread " + thread(frame.getThreadSerialNumber());
        }
        if (root instanceof GcRoot.JniLocal local) {
            return "a local reference of native code in thread " + thread(local.getThreadSerialNumber());
        }
        if (root instanceof GcRoot.ThreadObject thread) {
            return "thread " + thread(thread.getThreadSerialNumber());
        }
        return root instanceof GcRoot.JniGlobal ? "a global reference of native code" : "the JVM";
    }

    private String thread(int serial) {
        @Nullable String name = threads.get(serial);
        return name == null ? "without a name" : name;
    }
}
