// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A finding's identity across runs and machines: kind, rule, operation, class and method of the site. It does not depend
 * on lines, counts, callers, or the numbers of lambda classes, so an edit elsewhere in the file keeps it.
 */
final class Fingerprint {
    private static final int BYTES = 8;

    private Fingerprint() {}

    static String of(Suspicion suspicion) {
        Site site = suspicion.site();
        String place = site == null ? suspicion.observation().type() : site.stableClassName() + '.' + site.method();
        return hash(
                suspicion.kind().label(),
                suspicion.observation().rule(),
                suspicion.operation().name(),
                place);
    }

    /** For the second and later of several findings that are alike but for their lines. */
    static String numbered(String fingerprint, int ordinal) {
        return ordinal == 1 ? fingerprint : hash(fingerprint, Integer.toString(ordinal));
    }

    private static String hash(String... parts) {
        byte[] text = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JVM has SHA-256.", e);
        }
    }
}
