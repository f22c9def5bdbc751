// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Stands in for {@link dev.heldby.recording.Probes}: writes down which probes ran, whatever way the state is found. */
public final class ProbeLog {
    private static final List<String> LOG = new ArrayList<>();
    private static final Map<Object, Object> MAPPED = new IdentityHashMap<>();

    private ProbeLog() {}

    /** What ran since the last time is this, and no more. */
    public static void expect(String... probes) {
        List<String> ran = List.copyOf(LOG);
        LOG.clear();
        assertThat(ran).containsExactly(probes);
    }

    static void clear() {
        LOG.clear();
        MAPPED.clear();
    }

    private static void add(String probe, Object state) {
        LOG.add(probe + (state == null ? " of nothing" : ""));
    }

    public static Object born(Object self, Object state, int kind) {
        LOG.add("born" + (state == null ? "" : " again"));
        return "life";
    }

    public static void bornMapped(Object self, int kind) {
        if (self == null) {
            LOG.add("born null");
        } else {
            MAPPED.put(self, born(self, MAPPED.get(self), kind));
        }
    }

    public static void bornMappedUnowned(Object self, Object owner, int kind) {
        if (owner == null) {
            bornMapped(self, kind);
        } else {
            LOG.add("owned");
        }
    }

    public static Object find(Object self) {
        return MAPPED.get(self);
    }

    public static void get(Object state, int references) {
        add("get " + references, state);
    }

    public static void getIf(boolean succeeded, Object state, int references) {
        add("get " + references + " if " + succeeded, state);
    }

    public static void put(Object state, int references) {
        add("put " + references, state);
    }

    public static void putIf(boolean happened, Object state, int references) {
        add("put " + references + " if " + happened, state);
    }

    public static void excuseThrough(Object self, String method) {
        add("excuseThrough", self);
    }

    /** A site is told before and after each call, which {@code CallSitesTest} looks at; here it would only be in the way. */
    public static void at(int site) {}

    public static void use(Object state) {
        add("use", state);
    }

    public static void dead(Object state) {
        add("dead", state);
    }

    public static void refusedPut(Object state) {
        add("refused put", state);
    }

    public static void refusedUse(Object state) {
        add("refused use", state);
    }

    public static void usable(boolean answer, Object state) {
        add("usable " + answer, state);
    }

    public static void usableObject(boolean answer, Object self) {
        add("usable " + answer, self);
    }

    /** Told around calls of callers, which {@code LapseWeaverTest} looks at. */
    public static Object through(Object variable, String method, int kind) {
        return variable;
    }

    public static void passed(Object variable) {}

    public static void used(Object state) {
        add("used", state);
    }

    public static void bytes(Object self, long bytes) {
        LOG.add("bytes " + bytes);
    }

    public static void excuse(Object self) {
        LOG.add("excuse" + (self == null ? " null" : ""));
    }

    public static int births(int since) {
        return LOG.size() - since;
    }

    public static void left(Throwable thrown, int birthsBefore, String method) {
        LOG.add("left " + method + " after " + birthsBefore);
    }

    public static void allocated(long address, long size, int rule) {
        LOG.add("allocated " + address + " size " + size + by(rule));
    }

    /** Every block has a size that its address tells. */
    public static long freed(long address) {
        LOG.add("freed " + address);
        return address * 10;
    }

    public static void unfreed(long address, long size, int rule) {
        LOG.add("unfreed " + address + " size " + size + by(rule));
    }

    private static String by(int rule) {
        return rule == 0 ? "" : " by rule " + rule;
    }
}
