// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.Block;
import dev.heldby.block.BlockIndex;
import dev.heldby.depot.StackDepot;
import dev.heldby.snapshot.RuleTraits;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much off-heap memory each place has allocated, how much of it is referenced, and how much is lost, as text: the
 * places with most of it first.
 */
final class BlockSummary {
    private static final int MOST_PLACES = 20;
    private static final String UNKNOWN = "where no stack was recorded";

    private final StackDepot depot;
    private final Map<Integer, String> places = new HashMap<>();
    private final Map<String, Place> sums = new HashMap<>();

    /** What scans know of a block. */
    private enum State {
        REFERENCED("referenced"),
        UNREFERENCED("unreferenced"),
        NOT_JUDGED("not yet judged");

        final String label;

        State(String label) {
            this.label = label;
        }

        static State of(Block block) {
            if (!block.isUnreferenced()) {
                return REFERENCED;
            }
            return block.isReported() ? UNREFERENCED : NOT_JUDGED;
        }
    }

    private static final class Sum {
        long blocks;
        long bytes;
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

        String text() {
            return amount(bytes, blocks) + ", such as 0x" + Long.toHexString(~complementedAddress);
        }
    }

    private static final class Place {
        final Map<State, Sum> states = new EnumMap<>(State.class);

        void add(Block block) {
            states.computeIfAbsent(State.of(block), state -> new Sum()).add(block);
        }

        long bytes(State state) {
            return states.containsKey(state) ? states.get(state).bytes : 0;
        }

        long blocks(State state) {
            return states.containsKey(state) ? states.get(state).blocks : 0;
        }

        long allBytes() {
            return states.values().stream().mapToLong(sum -> sum.bytes).sum();
        }

        long allBlocks() {
            return states.values().stream().mapToLong(sum -> sum.blocks).sum();
        }
    }

    BlockSummary(StackDepot depot) {
        this.depot = depot;
    }

    String of(BlockIndex index) {
        for (int i = 0; i < index.size(); i++) {
            Block block = index.block(i);
            if (block != null) {
                sums.computeIfAbsent(place(block.stack()), place -> new Place()).add(block);
            }
        }
        StringBuilder text = new StringBuilder();
        List<Map.Entry<String, Place>> most = sums.entrySet().stream()
                .sorted(Map.Entry.<String, Place>comparingByValue(
                                Comparator.comparingLong(Place::allBytes).reversed())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        most.stream().limit(MOST_PLACES).forEach(place -> add(text, place.getKey(), place.getValue()));
        if (most.size() > MOST_PLACES) {
            text.append("and ").append(most.size() - MOST_PLACES).append(" places more\n");
        }
        return text.append(total()).toString();
    }

    private String place(int stack) {
        return places.computeIfAbsent(stack, handle -> {
            List<StackTraceElement> frames = depot.frames(handle);
            return frames.stream()
                    .filter(frame -> !RuleTraits.isJdk(frame.getClassName()))
                    .findFirst()
                    .or(() -> frames.stream().findFirst())
                    .map(StackTraceElement::toString)
                    .orElse(UNKNOWN);
        });
    }

    private static void add(StringBuilder text, String name, Place place) {
        text.append(amount(place.allBytes(), place.allBlocks()))
                .append(": ")
                .append(name)
                .append('\n');
        place.states.forEach((state, sum) -> text.append(String.format("    %-15s", state.label))
                .append(sum.text())
                .append('\n'));
    }

    private String total() {
        StringBuilder text = new StringBuilder("all recorded blocks\n");
        for (State state : State.values()) {
            long bytes = sums.values().stream()
                    .mapToLong(place -> place.bytes(state))
                    .sum();
            long blocks = sums.values().stream()
                    .mapToLong(place -> place.blocks(state))
                    .sum();
            text.append(String.format("    %-15s", state.label))
                    .append(amount(bytes, blocks))
                    .append('\n');
        }
        return text.toString();
    }

    private static String amount(long bytes, long blocks) {
        return String.format(Locale.ROOT, "%,d bytes in %,d %s", bytes, blocks, blocks == 1 ? "block" : "blocks");
    }
}
