// SPDX-License-Identifier: Apache-2.0
package dev.heldby.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComplaintsTest {
    private final Complaints complaints = new Complaints();

    private void tellHere() {
        complaints.tell("directory", "double-release", "netdev@3", "netdev@3: reference already released.", 7);
    }

    @Test
    void should_log_the_first_at_a_place_as_an_error_and_the_next_as_a_warning() {
        List<LogRecord> logged = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.heldby");
        Level before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
        try {
            tellHere();
            tellHere();
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(before);
        }

        assertThat(logged).extracting(LogRecord::getLevel).containsExactly(Level.SEVERE, Level.WARNING);
        assertThat(logged.get(0).getMessage()).isEqualTo("netdev@3: reference already released.");
    }

    @Test
    void should_be_an_event_of_the_flight_recorder_with_the_stack_of_the_thread(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("complaints.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            tellHere();
            recording.stop();
            recording.dump(file);
        }

        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("dev.heldby.Complaint"))
                .toList();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getString("rule")).isEqualTo("directory");
            assertThat(event.getString("kind")).isEqualTo("double-release");
            assertThat(event.getString("subject")).isEqualTo("netdev@3");
            assertThat(event.getString("text")).isEqualTo("netdev@3: reference already released.");
            assertThat(event.getStackTrace().getFrames())
                    .anySatisfy(frame -> assertThat(frame.getMethod().getName()).isEqualTo("tellHere"));
        });
    }

    @Test
    void should_go_on_when_a_listener_throws() {
        List<Complaint> heard = new ArrayList<>();
        complaints.listen(complaint -> {
            throw new IllegalStateException("planted");
        });
        Runnable end = complaints.listen(heard::add);
        tellHere();
        end.run();
        tellHere();

        assertThat(heard).hasSize(1);
    }

    @Test
    void should_say_it_once_when_only_the_first_of_a_kind_is_wanted() {
        List<Complaint> heard = new ArrayList<>();
        complaints.listen(heard::add);
        complaints.tellOnce("count", "overflow", "a", "saturated");
        complaints.tellOnce("count", "overflow", "b", "saturated");
        complaints.tellOnce("count", "underflow", "b", "underflow");

        assertThat(heard).extracting(Complaint::kind).containsExactly("overflow", "underflow");
    }
}
