// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.loads.Loads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadsTest {
    private final Path root = Path.of("").toAbsolutePath().getParent();

    @ParameterizedTest
    @EnumSource(Loads.class)
    void should_run_every_program_as_it_needs_to_be(Loads load) {
        String name = load.mainClass().substring(load.mainClass().lastIndexOf('.') + 1);
        Workload workload = Workloads.named(root, name);
        assertThat(workload.arguments()).endsWith(load.mainClass()).containsAll(load.jvmOptions());
        assertThat(fileNames(workload)).isEqualTo(load.ruleFiles());
        assertThat(workload.rules()).allMatch(Files::isRegularFile);
    }

    private static List<String> fileNames(Workload workload) {
        return workload.rules().stream()
                .map(file -> String.valueOf(file.getFileName()))
                .toList();
    }
}
