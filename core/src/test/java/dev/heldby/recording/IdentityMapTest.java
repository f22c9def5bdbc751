// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.recording.CountedKind.End;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdentityMapTest {
    private final IdentityMap map = new IdentityMap();
    private final CountedKind kind = new Watched(Level.COUNT, End.TOLD).kind;
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

    private record Equal(int number) {}

    private Lifecycle put(Object object) {
        Lifecycle lifecycle = new Lifecycle(object, kind, collected);
        map.put(object, lifecycle);
        return lifecycle;
    }

    @Test
    void should_find_nothing_when_the_object_was_never_put() {
        assertThat(map.find(new Object())).isNull();
    }

    @Test
    void should_tell_objects_apart_when_they_are_equal() {
        Equal one = new Equal(1);
        Equal two = new Equal(1);
        Lifecycle ofOne = put(one);
        Lifecycle ofTwo = put(two);

        assertThat(map.find(one)).isSameAs(ofOne);
        assertThat(map.find(two)).isSameAs(ofTwo);
        assertThat(map.find(new Equal(1))).isNull();
    }

    @Test
    void should_tell_objects_apart_when_their_identity_hashes_are_the_same() {
        Map<Integer, Object> byHash = new HashMap<>();
        Object one = new Object();
        Object two = null;
        while (two == null) {
            one = new Object();
            two = byHash.put(System.identityHashCode(one), one);
        }
        Lifecycle ofOne = put(one);
        assertThat(map.find(two)).isNull();
        Lifecycle ofTwo = put(two);

        assertThat(map.find(one)).isSameAs(ofOne);
        assertThat(map.find(two)).isSameAs(ofTwo);
    }

    @Test
    void should_find_every_object_when_it_has_grown() {
        List<Object> objects =
                IntStream.range(0, 50_000).mapToObj(i -> new Object()).toList();
        List<Lifecycle> lifecycles = objects.stream().map(this::put).toList();

        for (int i = 0; i < objects.size(); i++) {
            assertThat(map.find(objects.get(i))).isSameAs(lifecycles.get(i));
        }
    }

    @Test
    void should_find_the_others_when_every_second_one_was_removed() {
        List<Object> objects =
                IntStream.range(0, 20_000).mapToObj(i -> new Object()).toList();
        List<Lifecycle> lifecycles = objects.stream().map(this::put).toList();
        for (int i = 0; i < objects.size(); i += 2) {
            map.remove(lifecycles.get(i));
        }

        for (int i = 0; i < objects.size(); i++) {
            assertThat(map.find(objects.get(i))).isSameAs(i % 2 == 0 ? null : lifecycles.get(i));
        }
    }

    @Test
    void should_do_nothing_when_what_is_removed_is_not_there() {
        Object object = new Object();
        Lifecycle kept = put(object);

        map.remove(new Lifecycle(object, kind, collected));
        map.remove(new Lifecycle(new Object(), kind, collected));

        assertThat(map.find(object)).isSameAs(kept);
    }

    @Test
    void should_not_keep_an_object_when_the_program_has_dropped_it() throws InterruptedException {
        Lifecycle lifecycle = put(new Object());

        assertThat(enqueued()).isSameAs(lifecycle);
        map.remove(lifecycle);
    }

    private Object enqueued() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            System.gc();
            Object reference = collected.remove(200);
            if (reference != null) {
                return reference;
            }
        }
        return null;
    }

    @Test
    void should_find_the_new_object_when_a_cleared_one_shares_its_bucket() {
        Object object = new Object();
        Lifecycle old = put(object);
        old.clear();
        assertThat(map.find(object)).isNull();
        Lifecycle young = put(object);

        assertThat(map.find(object)).isSameAs(young);
    }

    @Test
    void should_find_each_threads_own_objects_when_threads_put_and_remove_at_once() throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        Runnable work = () -> {
            for (int i = 0; i < 20_000; i++) {
                Object object = new Object();
                Lifecycle lifecycle = put(object);
                boolean there = map.find(object) == lifecycle;
                map.remove(lifecycle);
                if (!there || map.find(object) != null) {
                    synchronized (wrong) {
                        wrong.add("round " + i + ": there " + there);
                    }
                }
            }
        };
        Threads.runAtOnce(8, i -> work.run());

        assertThat(wrong).isEmpty();
    }
}
