// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import dev.heldby.snapshot.Footprint.Amount;
import dev.heldby.snapshot.Footprint.Figure;
import dev.heldby.snapshot.Footprint.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What explains the off-heap memory, as lines: the places with most of it, all of them together, and the figures. */
public final class FootprintText {
    private static final int MOST_PLACES = 20;
    private static final String UNKNOWN = "where no stack was recorded";

    private final List<String> lines = new ArrayList<>();

    private FootprintText() {}

    public static List<String> lines(Footprint footprint) {
        FootprintText text = new FootprintText();
        footprint.places().stream().limit(MOST_PLACES).forEach(text::place);
        if (footprint.places().size() > MOST_PLACES) {
            text.lines.add("and " + (footprint.places().size() - MOST_PLACES) + " places more");
        }
        text.lines.add("all recorded blocks");
        text.state("referenced", footprint.sum(Place::referenced));
        text.state("unreferenced", footprint.sum(Place::unreferenced));
        text.state("not yet judged", footprint.sum(Place::notJudged));
        footprint.figures().forEach(figure -> text.lines.add(figure(figure)));
        footprint.parts().forEach(part -> text.lines.add("    " + figure(part)));
        if (footprint.parts().isEmpty()) {
            text.lines.add("The JVM does not track its native memory: it was started without"
                    + " -XX:NativeMemoryTracking=summary.");
        }
        return text.lines;
    }

    private void place(Place place) {
        lines.add(amount(place.all()) + ": " + (place.site() == null ? UNKNOWN : place.site()));
        stateOfPlace("referenced", place.referenced());
        stateOfPlace("unreferenced", place.unreferenced());
        stateOfPlace("not yet judged", place.notJudged());
    }

    private void stateOfPlace(String state, Amount amount) {
        if (amount.blocks() > 0) {
            state(state, amount);
        }
    }

    private void state(String state, Amount amount) {
        lines.add(String.format("    %-15s%s", state, amount(amount))
                + (amount.example().isEmpty() ? "" : ", such as " + amount.example()));
    }

    private static String amount(Amount amount) {
        return String.format(
                Locale.ROOT,
                "%,d bytes in %,d %s",
                amount.bytes(),
                amount.blocks(),
                amount.blocks() == 1 ? "block" : "blocks");
    }

    private static String figure(Figure figure) {
        return String.format(Locale.ROOT, "%s: %,d bytes", figure.name(), figure.bytes());
    }
}
