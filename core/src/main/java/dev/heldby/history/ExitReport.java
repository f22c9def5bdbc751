// SPDX-License-Identifier: Apache-2.0
package dev.heldby.history;

/** What is written at the end of the process, if the property {@code heldby.history.report} asks for it. */
final class ExitReport {
    static final String PROPERTY = "heldby.history.report";

    private ExitReport() {}

    /** @param asked the property's value: null, {@code summary} or {@code verbose} */
    static void register(Histories histories, String asked) {
        if ("summary".equals(asked) || "verbose".equals(asked)) {
            boolean verbose = asked.equals("verbose");
            Runnable work = () -> histories.reportAtExit(verbose, System.err);
            Thread thread = new Thread(null, work, "HeldBy history report", 0, false);
            thread.setContextClassLoader(null);
            Runtime.getRuntime().addShutdownHook(thread);
        } else if (asked != null) {
            System.getLogger("dev.heldby")
                    .log(
                            System.Logger.Level.WARNING,
                            "Unknown history report \"" + asked + "\"; there are summary and verbose. The property "
                                    + PROPERTY + " is ignored.");
        }
    }
}
