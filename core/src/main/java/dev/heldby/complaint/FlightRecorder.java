// SPDX-License-Identifier: Apache-2.0
package dev.heldby.complaint;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Complaints as events of the JDK's flight recorder, with the stack of the thread. Loaded only where that is part of the JDK. */
final class FlightRecorder {
    private FlightRecorder() {}

    static void record(Complaint complaint) {
        ComplaintEvent event = new ComplaintEvent();
        if (event.isEnabled()) {
            event.rule = complaint.rule();
            event.kind = complaint.kind();
            event.subject = complaint.subject();
            event.text = complaint.text();
            event.commit();
        }
    }

    /** The event's fields are those of {@link Complaint}; the flight recorder reads them. */
    @SuppressWarnings("UnusedVariable")
    @Name("dev.heldby.Complaint")
    @Label("Complaint")
    @Category("HeldBy")
    @Description("A program did wrong with something that it counts")
    private static final class ComplaintEvent extends Event {
        @Label("Rule")
        String rule;

        @Label("Kind")
        String kind;

        @Label("Subject")
        String subject;

        @Label("Text")
        String text;
    }
}
