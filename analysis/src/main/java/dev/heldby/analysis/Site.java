// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A place in code, as one frame of a stack.
 *
 * @param file null where unknown
 * @param line -1 where unknown
 * @param plumbing whether it only carries out what its caller decided
 */
public record Site(String className, String method, String file, int line, boolean plumbing) {
    static final Comparator<Site> ORDER =
            Comparator.comparing(Site::className).thenComparing(Site::method).thenComparingInt(Site::line);

    private static final Pattern LAMBDA_NUMBER = Pattern.compile("\\$\\$Lambda.*");

    boolean sameMethod(Site other) {
        return className.equals(other.className) && method.equals(other.method);
    }

    boolean samePlace(Site other) {
        return sameMethod(other) && line == other.line;
    }

    /** The class name without what differs from run to run. */
    String stableClassName() {
        return LAMBDA_NUMBER.matcher(className).replaceFirst("\\$\\$Lambda");
    }

    /** As in a stack trace, without the package. */
    String brief() {
        return className.substring(className.lastIndexOf('.') + 1) + "." + method + " (" + where() + ")";
    }

    private String where() {
        if (file == null) {
            return "unknown source";
        }
        return line < 0 ? file : file + ":" + line;
    }
}
