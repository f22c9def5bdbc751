// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static dev.heldby.cli.Typed.heldby;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample of docs/counted.md is compiled, woven and run; the block behind it is what it prints. */
class CountedPageTest {
    @TempDir
    Path folder;

    @Test
    void should_show_what_the_sample_prints() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "counted.md"));
        Path classes = Compiled.classes(folder.resolve("classes"), block(page, "```java\n"));
        Path woven = folder.resolve("woven");

        Typed typed = heldby("weave", classes.toString(), "-o", woven.toString());

        assertThat(typed.exitCode()).as(typed.err()).isZero();
        assertThat(Compiled.run(woven))
                .containsExactlyElementsOf(block(page.substring(page.indexOf("    java -cp woven")), "```\n")
                        .lines()
                        .toList());
        assertThat(Compiled.run(classes)).doesNotContain("free hello").endsWith("end");
    }

    static String block(String page, String begin) {
        int start = page.indexOf(begin) + begin.length();
        return page.substring(start, page.indexOf("```", start));
    }
}
