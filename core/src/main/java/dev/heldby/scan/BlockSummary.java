// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.Block;
import dev.heldby.block.Blocks;
import dev.heldby.depot.StackDepot;
import dev.heldby.snapshot.Footprint.Amount;
import dev.heldby.snapshot.Footprint.Place;
import dev.heldby.snapshot.RuleTraits;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How much off-heap memory each place has allocated, how much of it is referenced, and how much is lost. For one thread. */
final class BlockSummary {
    private static final Comparator<Place> MOST_FIRST = Comparator.<Place>comparingLong(
                    place -> place.all().bytes())
            .reversed()
            .thenComparing(place -> String.valueOf(place.site()));

    private final Map<Integer, Sums> byStack = new HashMap<>();

    private static final class Sum {
        private long blocks;
        private long bytes;
        private long largest;
        /** Of the largest block, complemented so as not to hold it. */
        private long complementedAddress;

        void add(Block block) {
            blocks++;
            bytes += block.size();
            if (block.size() > largest) {
                largest = block.size();
                complementedAddress = ~block.address();
            }
        }

        void add(Sum other) {
            blocks += other.blocks;
            bytes += other.bytes;
            if (other.largest > largest) {
                largest = other.largest;
                complementedAddress = other.complementedAddress;
            }
        }

        Amount amount() {
            return blocks == 0 ? Amount.NONE : new Amount(blocks, bytes, "0x" + Long.toHexString(~complementedAddress));
        }
    }

    private static final class Sums {
        private final Sum referenced = new Sum();
        private final Sum unreferenced = new Sum();
        private final Sum notJudged = new Sum();

        void add(Block block) {
            Sum sum = block.isReported() ? unreferenced : notJudged;
            (block.isUnreferenced() ? sum : referenced).add(block);
        }

        Sums add(Sums other) {
            referenced.add(other.referenced);
            unreferenced.add(other.unreferenced);
            notJudged.add(other.notJudged);
            return this;
        }

        Place place(StackTraceElement site) {
            return new Place(site, referenced.amount(), unreferenced.amount(), notJudged.amount());
        }
    }

    private BlockSummary() {}

    /** Of all blocks, the places with most bytes first. */
    static List<Place> of(Blocks blocks, StackDepot depot) {
        BlockSummary summary = new BlockSummary();
        blocks.forEach(block -> summary.byStack
                .computeIfAbsent(block.stack(), stack -> new Sums())
                .add(block));
        Map<Optional<StackTraceElement>, Sums> bySite = new HashMap<>();
        summary.byStack.forEach((stack, sums) -> bySite.computeIfAbsent(site(depot.frames(stack)), site -> new Sums())
                .add(sums));
        return bySite.entrySet().stream()
                .map(site -> site.getValue().place(site.getKey().orElse(null)))
                .sorted(MOST_FIRST)
                .toList();
    }

    /** The innermost frame that is not the JDK's, if there is one. */
    private static Optional<StackTraceElement> site(List<StackTraceElement> frames) {
        return frames.stream()
                .filter(frame -> !RuleTraits.isJdk(frame.getClassName()))
                .findFirst()
                .or(() -> frames.stream().findFirst());
    }
}
