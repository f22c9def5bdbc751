// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JSON report that fits its schema. */
record Reported(JsonNode root) {
    private static final JsonSchema SCHEMA = schema();

    static Reported in(Path file) throws IOException {
        return of(Files.readString(file));
    }

    static Reported of(String json) throws IOException {
        assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
        return new Reported(new ObjectMapper().readTree(json));
    }

    private static JsonSchema schema() {
        String name = "/dev/heldby/report/heldby-report-1.schema.json";
        try (InputStream in = Reported.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    List<JsonNode> findings() {
        List<JsonNode> findings = new ArrayList<>();
        root.get("findings").forEach(findings::add);
        return findings;
    }

    /** {@code KIND CLASS.METHOD} of each finding. */
    List<String> suspects() {
        return findings().stream()
                .map(finding -> finding.get("kind").asText() + " " + suspect(finding))
                .toList();
    }

    /** {@code COUNT KIND CLASS.METHOD} of each finding. */
    List<String> countedSuspects() {
        return findings().stream()
                .map(finding -> finding.get("count").asLong() + " "
                        + finding.get("kind").asText() + " " + suspect(finding))
                .toList();
    }

    static String suspect(JsonNode finding) {
        return place(finding.at("/suspect/site"));
    }

    /** {@code CLASS.METHOD}. */
    static String place(JsonNode site) {
        return site.path("class").asText() + "." + site.path("method").asText();
    }
}
