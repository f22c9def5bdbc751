// SPDX-License-Identifier: Apache-2.0
package dev.heldby.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heldby.snapshot.Footprint;
import dev.heldby.snapshot.Footprint.Amount;
import dev.heldby.snapshot.Footprint.Figure;
import dev.heldby.snapshot.Footprint.Place;
import dev.heldby.snapshot.LostBlocks;
import java.util.List;

/** What a report tells of off-heap memory, as JSON. */
final class FootprintJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private FootprintJson() {}

    /** Null if there is none. */
    static ObjectNode of(LostBlocks lost) {
        if (lost == null) {
            return null;
        }
        ObjectNode node = NODES.objectNode();
        node.put("smallest", lost.smallest()).put("largest", lost.largest());
        node.put("youngest", lost.youngestMillis()).put("oldest", lost.oldestMillis());
        node.put("moreBlocks", lost.moreBlocks()).put("moreBytes", lost.moreBytes());
        node.put("growing", lost.growing());
        ArrayNode content = node.putArray("content");
        lost.content().forEach(content::add);
        return node;
    }

    /** Null if there is none. */
    static ObjectNode of(Footprint footprint) {
        if (footprint == null) {
            return null;
        }
        ObjectNode node = NODES.objectNode();
        ArrayNode places = node.putArray("places");
        footprint.places().forEach(place -> places.add(place(place)));
        figures(node.putArray("figures"), footprint.figures());
        figures(node.putArray("parts"), footprint.parts());
        return node;
    }

    private static ObjectNode place(Place place) {
        ObjectNode node = NODES.objectNode();
        node.set("site", place.site() == null ? null : site(place.site()));
        node.set("referenced", amount(place.referenced()));
        node.set("unreferenced", amount(place.unreferenced()));
        node.set("notJudged", amount(place.notJudged()));
        return node;
    }

    private static ObjectNode site(StackTraceElement frame) {
        return NODES.objectNode()
                .put("class", frame.getClassName())
                .put("method", frame.getMethodName())
                .put("file", frame.getFileName())
                .put("line", Math.max(-1, frame.getLineNumber()));
    }

    private static ObjectNode amount(Amount amount) {
        return NODES.objectNode().put("count", amount.blocks()).put("bytes", amount.bytes());
    }

    private static void figures(ArrayNode to, List<Figure> figures) {
        figures.forEach(figure -> to.addObject().put("name", figure.name()).put("bytes", figure.bytes()));
    }
}
