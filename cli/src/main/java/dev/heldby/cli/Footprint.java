// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The figures that the system and the JVM itself have of a process's memory, as text, so that one sees which part of it the
 * recorded blocks explain. What is not to be had is said.
 */
final class Footprint {
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
    /* Total: reserved=1,  committed=2 */
    private static final Pattern TOTAL = Pattern.compile("Total: reserved=\\d+KB, committed=(\\d+)KB");
    /* -                 Java Heap (reserved=131072KB, committed=131072KB) */
    private static final Pattern PART = Pattern.compile("(?m)^- +(.+?) \\(reserved=\\d+KB, committed=(\\d+)KB");

    private Footprint() {}

    static String of(long pid, Control control) throws Failure {
        return resident(pid) + pools(control) + tracked(control.nativeMemory());
    }

    private static String resident(long pid) {
        try {
            Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return resident.find() ? line("resident memory of the process", resident.group(1)) : "";
        } catch (IOException e) {
            return "The resident memory of the process is not known: " + Reason.of(e) + ".\n";
        }
    }

    private static String pools(Control control) throws Failure {
        return bytes("direct buffers, as the JVM counts them", control.bufferPool("direct"))
                + bytes("mapped files, as the JVM counts them", control.bufferPool("mapped"));
    }

    /** What {@code jcmd VM.native_memory} says. */
    static String tracked(String told) {
        Matcher total = TOTAL.matcher(told);
        if (!total.find()) {
            return "The JVM does not track its native memory: it was started without -XX:NativeMemoryTracking=summary.\n";
        }
        StringBuilder text = new StringBuilder(line("memory that the JVM has committed", total.group(1)));
        Matcher part = PART.matcher(told);
        while (part.find()) {
            String name = part.group(1).equals("Other") ? "Other, where Unsafe allocates" : part.group(1);
            if (Long.parseLong(part.group(2)) > 0) {
                text.append("    ").append(line(name, part.group(2)));
            }
        }
        return text.toString();
    }

    private static String line(String name, String kilobytes) {
        return bytes(name, Long.parseLong(kilobytes) * 1024);
    }

    private static String bytes(String name, long bytes) {
        return String.format(Locale.ROOT, "%s: %,d bytes\n", name, bytes);
    }
}
