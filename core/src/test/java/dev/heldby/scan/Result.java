// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.Block;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What some scans of one program did.
 *
 * @param inThree how many of the dropped blocks the first three found
 */
record Result(int scans, int inThree, int found, int wrong, int passes) {
    private static final int THREE = 3;

    static Result parse(String text) {
        // A JVM of today may warn of sun.misc.Unsafe before or behind it.
        Matcher result = Pattern.compile("Result\\[(.*?)\\]").matcher(text);
        if (!result.find()) {
            throw new AssertionError("No result in: " + text);
        }
        int[] values = Pattern.compile("[0-9]+")
                .matcher(result.group(1))
                .results()
                .mapToInt(number -> Integer.parseInt(number.group()))
                .toArray();
        return new Result(values[0], values[1], values[2], values[3], values[4]);
    }

    Result plus(ScanResult scan, Predicate<Block> isHeld) {
        if (!scan.isComplete()) {
            throw new AssertionError(scan.reason());
        }
        int mistakes = (int) scan.newLeaks().stream().filter(isHeld).count();
        int leaks = scan.newLeaks().size() - mistakes;
        return new Result(
                scans + 1,
                scans < THREE ? found + leaks : inThree,
                found + leaks,
                wrong + mistakes,
                passes + scan.passes());
    }
}
