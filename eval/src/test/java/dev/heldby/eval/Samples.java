// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import dev.heldby.eval.plant.Kind;
import java.util.Arrays;
import java.util.List;

/** Result lines written by hand: a cache takes at line 10 and gives back at line 20. */
final class Samples {
    static final Place TAKEN = new Place("Cache", "put", "Cache.java", 10);
    static final Place CALLER = new Place("Server", "serve", "Server.java", 5);
    static final Place GIVEN = new Place("Cache", "evict", "Cache.java", 20);
    static final Place OTHER = new Place("Other", "other", "Other.java", 1);

    private Samples() {}

    static Truth leftOut() {
        return new Truth("missing-release", List.of(List.of(TAKEN, CALLER)), GIVEN);
    }

    static Truth unknownPartner() {
        return new Truth("missing-release", List.of(), GIVEN);
    }

    static Truth surplus() {
        return new Truth("surplus-release", List.of(List.of(GIVEN)), null);
    }

    static Said said(String kind, double confidence, Place site, Place... expected) {
        return new Said(kind, "Buffer", 1, confidence, site, List.of(site), Arrays.asList(expected), List.of(), "");
    }

    static Verdict verdict(Kind kind, double rate, Truth truth, Said... findings) {
        return new Verdict(trial(kind, rate, truth, 1, findings));
    }

    static Trial trial(Kind kind, double rate, Truth truth, long effect, Said... findings) {
        return new Trial(
                "shop",
                "Cache.evict()V#1",
                "Buffer.release()Z",
                kind,
                rate,
                1,
                7,
                effect,
                truth,
                List.of(findings),
                0,
                1500,
                true,
                null,
                16,
                "plant --workload shop");
    }
}
