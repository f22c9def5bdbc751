// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import dev.heldby.analysis.Finding;
import dev.heldby.analysis.Site;
import dev.heldby.report.TextReport;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The error that a test fails with. Its stack is not ours but the guilty one, so that an IDE leads there. */
final class Failure {
    private Failure() {}

    /** The test or class in words. */
    static String place(ExtensionContext context) {
        String type = context.getRequiredTestClass().getName();
        return context.getTestMethod()
                .map(method -> type + "." + method.getName() + ": " + context.getDisplayName())
                .orElse(type + ", outside of its test methods");
    }

    static AssertionError of(Verdict verdict, String place) {
        List<Finding> guilty = verdict.findings().findings().stream()
                .filter(finding -> !finding.suppressed())
                .toList();
        String notes = verdict.notes().isEmpty() ? "" : String.join("\n", verdict.notes()) + "\n";
        AssertionError error = new AssertionError(
                "HeldBy, in " + place + "\n" + TextReport.complete().render(verdict.findings()) + notes);
        leadTo(guilty.get(0), error);
        for (Finding further : guilty.subList(1, guilty.size())) {
            AssertionError also = new AssertionError(further.summary());
            leadTo(further, also);
            error.addSuppressed(also);
        }
        return error;
    }

    private static void leadTo(Finding finding, AssertionError error) {
        Finding.Suspect suspect = finding.suspect();
        if (suspect != null) {
            List<Site> stack = suspect.stack();
            error.setStackTrace(stack.subList(Math.max(0, stack.indexOf(suspect.site())), stack.size()).stream()
                    .map(site -> new StackTraceElement(site.className(), site.method(), site.file(), site.line()))
                    .toArray(StackTraceElement[]::new));
        }
    }
}
