// SPDX-License-Identifier: Apache-2.0
package dev.heldby.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts a JVM whose program leaves an object with three events, one without, and one that exits. */
@Timeout(60)
class ExitReportTest {
    private static final String VERBOSE = "-Dheldby.history.report=verbose";
    private static final String SUMMARY = "-Dheldby.history.report=summary";
    private static final String HINT = "Their gets and puts are in the verbose report: " + VERBOSE + "\n";

    /** Where no logger has ended before. */
    private static final String COMPLAINT = "SEVERE: Unreclaimed objects were found, as standard error says.";

    static final class Leaky {
        private Leaky() {}

        public static void main(String[] arguments) {
            if (arguments.length > 0) {
                Logger.getLogger("leaky").info("logged");
            }
            Object object = new Object();
            CountHistory map = CountHistory.of(object, "map");
            map.get();
            map.put();
            CountHistory.of(object, "thread", 0);
            CountHistory.of(object, "good").exit();
        }
    }

    private static String run(List<String> options, String... arguments)
            throws IOException, InterruptedException, URISyntaxException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.util.logging.SimpleFormatter.format=%4$s: %5$s");
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), Leaky.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        // The places are the last thing that a text of whole stacks has to be told.
        return said.replaceAll("Leaky.main\\(ExitReportTest.java:\\d+\\)", "Leaky.main(here)")
                .replace("\r", "");
    }

    private static String classPath() throws URISyntaxException {
        return placeOf(Histories.class) + System.getProperty("path.separator") + placeOf(Leaky.class);
    }

    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void should_list_all_when_verbose() throws Exception {
        String frame = "     dev.heldby.history.ExitReportTest$Leaky.main(here)\n";

        assertThat(run(List.of(VERBOSE)))
                .isEqualTo("Unreclaimed objects were found.\n"
                        + "==== [0] ====\nUnreclaimed map@1\n"
                        + "Refcount +1 => 1 at\n" + frame
                        + "Refcount +1 => 2 at\n" + frame
                        + "Refcount -1 => 1 at\n" + frame
                        + "==== [1] ====\nUnreclaimed thread@2\n"
                        + "Refcount +1 => 0 at\n" + frame
                        + "Total 2 objects are not reclaimed.\n" + COMPLAINT);
    }

    @Test
    void should_say_how_many_when_a_summary() throws Exception {
        assertThat(run(List.of(SUMMARY)))
                .isEqualTo("Unreclaimed objects were found.\nTotal 2 objects are not reclaimed.\n" + HINT + COMPLAINT);
    }

    @Test
    void should_list_what_the_filter_names() throws Exception {
        assertThat(run(List.of(SUMMARY, "-Dheldby.history.filter=?ap*")))
                .isEqualTo("Unreclaimed objects were found.\nTotal 1 objects are not reclaimed.\n" + HINT + COMPLAINT);
    }

    @Test
    void should_be_silent_when_not_asked_or_off() throws Exception {
        assertThat(run(List.of())).isEmpty();
        assertThat(run(List.of(VERBOSE, "-Dheldby.level=off"))).isEmpty();
    }

    @Test
    void should_warn_when_asked_for_something_else() throws Exception {
        assertThat(run(List.of("-Dheldby.history.report=all")))
                .isEqualTo("WARNING: Unknown history report \"all\"; there are summary and verbose. The property"
                        + " heldby.history.report is ignored.");
    }

    @Test
    void should_list_all_when_the_program_logs_too() throws Exception {
        assertThat(run(List.of(SUMMARY), "logging"))
                .startsWith("INFO: loggedUnreclaimed objects were found.\nTotal 2 objects are not reclaimed.\n" + HINT);
    }
}
