// SPDX-License-Identifier: Apache-2.0
package dev.heldby.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "maps*, maps, true",
        "maps*, maps_of_one, true",
        "maps*, my_maps, false",
        "*, '', true",
        "ma?s, maps, true",
        "ma?s, mas, false",
        "a.b, a.b, true",
        "a.b, axb, false",
        "*[0]\\E, x[0]\\E, true",
        "thread, threads, false"
    })
    void should_match_the_whole_name(String glob, String name, boolean matches) {
        assertThat(Glob.of(glob).matches(name)).isEqualTo(matches);
    }
}
