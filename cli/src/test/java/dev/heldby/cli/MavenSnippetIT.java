// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.counted.Counted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The plugin of docs/counted.md in a project of its own, whose program is the page's sample. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "starts Maven by its shell script")
class MavenSnippetIT {
    private static final long LIMIT_SECONDS = 300;

    private static final String PROJECT = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>com.example</groupId>
              <artifactId>program</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
                <dependency>
                  <groupId>dev.heldby</groupId>
                  <artifactId>heldby-core</artifactId>
                  <version>1</version>
                  <scope>system</scope>
                  <systemPath>${core.jar}</systemPath>
                </dependency>
              </dependencies>
              <build>
                <plugins>
                  <plugin><artifactId>maven-resources-plugin</artifactId><version>3.5.0</version></plugin>
                  <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.15.0</version></plugin>
            %s
                </plugins>
              </build>
            </project>
            """;

    @TempDir
    Path folder;

    @Test
    void should_weave_what_maven_has_compiled() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "counted.md"));
        Files.writeString(folder.resolve("pom.xml"), PROJECT.formatted(CountedPageTest.block(page, "```xml\n")));
        Path sources = Files.createDirectories(folder.resolve("src/main/java"));
        Files.writeString(sources.resolve("Program.java"), CountedPageTest.block(page, "```java\n"));

        String said = maven("process-classes");

        assertThat(said).contains("classes changed to count references to Program$Buffer");
        assertThat(Compiled.run(folder.resolve("target/woven"))).contains("free hello", "free bye");
        assertThat(Compiled.run(folder.resolve("target/classes"))).doesNotContain("free hello");
    }

    private String maven(String phase) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of("..", "mvnw").toAbsolutePath().toString(),
                        "-B",
                        "-q",
                        "-f",
                        folder.resolve("pom.xml").toString(),
                        "-Dcore.jar=" + core(),
                        "-Dheldby.jar=" + Path.of("target", "heldby.jar").toAbsolutePath(),
                        phase)
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(said);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private static Path core() {
        return Path.of(Counted.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }
}
