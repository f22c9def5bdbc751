// SPDX-License-Identifier: Apache-2.0
package dev.heldby.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.heldby.analysis.Analysis;
import dev.heldby.analysis.Findings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonReportTest {
    private static final Findings ALL = Sample.of(
            List.of(Sample.forgotten(), Sample.cached(), Sample.released(), Sample.counted()),
            List.of(Sample.healthy()),
            "A probe failed.");

    private static JsonSchema schema() throws IOException {
        try (InputStream in = JsonReport.class.getResourceAsStream("heldby-report-1.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
        }
    }

    @Test
    void should_fit_the_schema_when_findings_of_every_sort_are_rendered() throws IOException {
        assertThat(schema().validate(JsonReport.render(ALL), InputFormat.JSON)).isEmpty();
    }

    @Test
    void should_tell_of_off_heap_memory_as_the_schema_says() throws IOException {
        Findings findings = Analysis.analyze(Sample.snapshot(List.of(Sample.lost(), Sample.forgotten()), List.of())
                .withFootprint(Sample.footprint()));
        String report = JsonReport.render(findings);

        assertThat(schema().validate(report, InputFormat.JSON)).isEmpty();
        JsonNode root = new ObjectMapper().readTree(report);
        JsonNode lost = root.at("/findings/0/memory").isNull() ? root.at("/findings/1") : root.at("/findings/0");
        assertThat(lost.at("/kind").asText()).isEqualTo("unreferenced-memory");
        assertThat(lost.at("/bytes").asLong()).isEqualTo(3_072);
        assertThat(lost.at("/history/0/thread").asText()).isEqualTo("worker-1");
        assertThat(lost.at("/memory"))
                .hasToString("{\"smallest\":64,\"largest\":1024,\"youngest\":5000,\"oldest\":65900,"
                        + "\"moreBlocks\":4,\"moreBytes\":1024,\"growing\":3,\"content\":[\"01 40 68 69  .@hi\"]}");
        assertThat(root.at("/memory/places/0"))
                .hasToString(
                        "{\"site\":{\"class\":\"shop.Upload\",\"method\":\"read\",\"file\":\"Upload.java\",\"line\":21},"
                                + "\"referenced\":{\"count\":40,\"bytes\":10240},\"unreferenced\":{\"count\":12,\"bytes\":3072},"
                                + "\"notJudged\":{\"count\":0,\"bytes\":0}}");
        assertThat(root.at("/memory/places/1/site").isNull()).isTrue();
        assertThat(root.at("/memory/parts")).hasToString("[{\"name\":\"Java Heap\",\"bytes\":20000000}]");
    }

    @Test
    void should_fit_the_schema_when_there_are_no_findings() throws IOException {
        assertThat(schema().validate(JsonReport.render(Sample.of(List.of(), List.of())), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void should_not_fit_the_schema_when_a_field_is_unknown_or_missing() throws IOException {
        String report = JsonReport.render(ALL);
        assertThat(schema().validate(report.replace("\"bytes\"", "\"size\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void should_say_unreliable_when_the_recording_had_troubles() throws IOException {
        assertThat(new ObjectMapper()
                        .readTree(JsonReport.render(ALL))
                        .at("/coverage/unreliable")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void should_equal_the_sample_in_the_documentation() throws IOException {
        String page = Files.readString(Path.of("../docs/report-schema.md")).replace("\r\n", "\n");
        String sample = page.substring(page.indexOf("```json\n") + 8, page.lastIndexOf("```"));
        Findings findings = Sample.of(List.of(Sample.forgotten()), List.of(Sample.healthy()));
        assertThat(JsonReport.render(findings)).isEqualTo(sample);
    }

    @Test
    void should_show_the_healthy_path_and_what_of_it_the_leaked_object_lacks() throws IOException {
        JsonNode divergence = new ObjectMapper()
                .readTree(JsonReport.render(Sample.of(List.of(Sample.forgotten()), List.of(Sample.healthy()))))
                .at("/findings/0/divergence");
        assertThat(divergence.get("healthyCount").asLong()).isEqualTo(12_041);
        assertThat(divergence.get("leakedCount").asLong()).isEqualTo(17);
        assertThat(divergence.get("healthyPath").findValuesAsText("op")).containsExactly("born", "put");
        assertThat(divergence.get("healthyPath").findValuesAsText("inHistory")).containsExactly("0", "-1");
    }
}
