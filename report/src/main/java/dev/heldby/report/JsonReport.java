// SPDX-License-Identifier: Apache-2.0
package dev.heldby.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heldby.analysis.Finding;
import dev.heldby.analysis.Findings;
import dev.heldby.analysis.Site;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Findings as JSON, schema {@code heldby-report/1}. Without state; any thread. */
public final class JsonReport {
    /** The schema's name, as in the first field. */
    public static final String SCHEMA = "heldby-report/1";

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonReport() {}

    /** The whole document, indented, ending with a line feed. */
    public static String render(Findings findings) {
        ObjectNode root = NODES.objectNode();
        root.put("schema", SCHEMA);
        root.putObject("tool").put("version", findings.version()).put("mode", findings.mode());
        root.putObject("jvm")
                .put("pid", findings.jvm().pid())
                .put("version", findings.jvm().version())
                .put("mainClass", findings.jvm().mainClass())
                .put("startedAt", time(findings.jvm().startedAt()));
        coverage(findings, root.putObject("coverage"));
        ArrayNode all = root.putArray("findings");
        findings.findings().forEach(finding -> all.add(finding(finding)));
        root.set("memory", FootprintJson.of(findings.footprint()));
        try {
            return MAPPER.writeValueAsString(root).replace(System.lineSeparator(), "\n") + "\n";
        } catch (JsonProcessingException e) {
            throw new AssertionError("A tree of plain nodes can always be written.", e);
        }
    }

    private static void coverage(Findings findings, ObjectNode node) {
        node.put("lifecycles", findings.coverage().lifecycles())
                .put("traced", findings.coverage().traced())
                .put("dropped", findings.coverage().dropped())
                .put("unreliable", !findings.coverage().troubles().isEmpty());
    }

    private static ObjectNode finding(Finding finding) {
        ObjectNode node = NODES.objectNode();
        node.put("fingerprint", finding.fingerprint());
        node.put("kind", finding.kind().label());
        node.put("detectedBy", finding.detectedBy().label());
        node.put("type", finding.type());
        node.put("rule", finding.rule());
        node.put("count", finding.count());
        node.put("bytes", finding.bytes());
        node.put("healthy", finding.healthy());
        node.put("firstSeen", time(finding.firstSeen()));
        node.put("lastSeen", time(finding.lastSeen()));
        node.put("new", finding.isNew());
        node.put("suppressed", finding.suppressed());
        node.put("summary", finding.summary());
        node.set("suspect", suspect(finding.suspect()));
        ArrayNode expected = node.putArray("expected");
        finding.expected().forEach(one -> expected.add(expected(one)));
        node.set("divergence", divergence(finding));
        node.set("leftBy", leftBy(finding.leftBy()));
        node.set("memory", FootprintJson.of(finding.lost()));
        ArrayNode history = node.putArray("history");
        finding.history().forEach(step -> history.add(step(step)));
        return node;
    }

    private static ObjectNode suspect(Finding.Suspect suspect) {
        if (suspect == null) {
            return null;
        }
        ObjectNode node = NODES.objectNode();
        node.put("operation", lower(suspect.operation()));
        node.set("site", site(suspect.site()));
        node.set("stack", stack(suspect.stack()));
        return node.put("confidence", suspect.confidence());
    }

    private static ObjectNode expected(Finding.Expected expected) {
        ObjectNode node = NODES.objectNode();
        node.put("operation", "put");
        node.set("site", site(expected.site()));
        node.set("stack", stack(expected.stack()));
        return node.put("support", expected.support()).put("confidence", rounded(expected.confidence()));
    }

    private static ObjectNode divergence(Finding finding) {
        Finding.Divergence divergence = finding.divergence();
        if (divergence == null) {
            return null;
        }
        ObjectNode node = NODES.objectNode();
        node.set("healthyNext", site(divergence.healthyNext()));
        node.set("leakedLast", site(divergence.leakedLast()));
        node.put("healthyCount", divergence.healthyCount());
        node.put("leakedCount", divergence.leakedCount());
        ArrayNode path = node.putArray("healthyPath");
        int[] inHistory = new PathDiff(finding.history(), divergence.healthyPath()).matches();
        for (int i = 0; i < inHistory.length; i++) {
            path.add(step(divergence.healthyPath().get(i)).put("inHistory", inHistory[i]));
        }
        return node;
    }

    private static ObjectNode leftBy(Finding.LeftBy leftBy) {
        return leftBy == null
                ? null
                : NODES.objectNode().put("exception", leftBy.exception()).put("count", leftBy.count());
    }

    private static ObjectNode step(Finding.Step step) {
        ObjectNode node = NODES.objectNode();
        node.put("op", lower(step.op())).put("count", step.count()).put("thread", step.thread());
        node.put("at", time(step.at()));
        node.set("stack", stack(step.stack()));
        return node;
    }

    private static ArrayNode stack(List<Site> stack) {
        ArrayNode frames = NODES.arrayNode();
        stack.forEach(frame -> frames.add(site(frame)));
        return frames;
    }

    private static ObjectNode site(Site site) {
        return NODES.objectNode()
                .put("class", site.className())
                .put("method", site.method())
                .put("file", site.file())
                .put("line", site.line());
    }

    private static double rounded(double share) {
        return Math.round(share * 1e4) / 1e4;
    }

    private static String time(Instant time) {
        return time == null ? null : time.toString();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
