// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import java.util.List;
import java.util.function.Function;

/**
 * What explains the off-heap memory of a process: the recorded blocks by the place that allocated them, beside the figures that the
 * system and the JVM have.
 *
 * @param places those with most bytes first
 * @param figures what the system and the JVM tell, as far as they do
 * @param parts what the JVM committed for each of its parts; empty unless it tracks its native memory
 */
public record Footprint(List<Place> places, List<Figure> figures, List<Figure> parts) {

    /**
     * The blocks that one place allocated, by what scans know of them.
     *
     * @param site null where no stack was recorded
     * @param notJudged those of which no scan said yet that they are lost
     */
    public record Place(StackTraceElement site, Amount referenced, Amount unreferenced, Amount notJudged) {
        /** All of them. */
        public Amount all() {
            return referenced.plus(unreferenced).plus(notJudged);
        }
    }

    /**
     * So much memory.
     *
     * @param example the address of one of the blocks, in hexadecimal; empty if there is none
     */
    public record Amount(long blocks, long bytes, String example) {
        /** Nothing. */
        public static final Amount NONE = new Amount(0, 0, "");

        Amount plus(Amount other) {
            return new Amount(blocks + other.blocks, bytes + other.bytes, "");
        }
    }

    /** One figure. */
    public record Figure(String name, long bytes) {}

    /** That of all places. */
    public Amount sum(Function<Place, Amount> of) {
        return places.stream().map(of).reduce(Amount.NONE, Amount::plus);
    }
}
