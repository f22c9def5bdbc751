// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.snapshot.Footprint.Figure;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The figures that the system and the JVM itself have of this process's memory, so that one sees which part of it the recorded blocks
 * explain. What is not to be had is left out.
 */
final class Figures {
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
    /* Total: reserved=1,  committed=2 */
    private static final Pattern TOTAL = Pattern.compile("Total: reserved=\\d+KB, committed=(\\d+)KB");
    /* -                 Java Heap (reserved=131072KB, committed=131072KB) */
    private static final Pattern PART = Pattern.compile("(?m)^- +(.+?) \\(reserved=\\d+KB, committed=(\\d+)KB");

    private final List<Figure> figures = new ArrayList<>();
    private final List<Figure> parts = new ArrayList<>();

    private Figures() {}

    static Figures now() {
        Figures now = new Figures();
        now.resident();
        now.pools();
        now.tracked(nativeMemory());
        return now;
    }

    /** Of the whole process. */
    List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** What the JVM has committed for each of its parts; empty if it does not track that. */
    List<Figure> parts() {
        return List.copyOf(parts);
    }

    private void resident() {
        // Not through a channel, whose buffer would be one more block.
        try (InputStream status = new FileInputStream("/proc/self/status")) {
            Matcher resident = RESIDENT.matcher(new String(status.readAllBytes(), StandardCharsets.ISO_8859_1));
            if (resident.find()) {
                add(figures, "resident memory of the process", resident.group(1));
            }
        } catch (IOException e) {
            // There is no such file but on Linux.
        }
    }

    private void pools() {
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            switch (pool.getName()) {
                case "direct" ->
                    figures.add(new Figure("direct buffers, as the JVM counts them", pool.getMemoryUsed()));
                case "mapped" -> figures.add(new Figure("mapped files, as the JVM counts them", pool.getMemoryUsed()));
                default -> {}
            }
        }
    }

    private void tracked(String told) {
        Matcher total = TOTAL.matcher(told);
        if (total.find()) {
            add(figures, "memory that the JVM has committed", total.group(1));
            Matcher part = PART.matcher(told);
            while (part.find()) {
                String name = part.group(1).equals("Other") ? "Other, where Unsafe allocates" : part.group(1);
                if (Long.parseLong(part.group(2)) > 0) {
                    add(parts, name, part.group(2));
                }
            }
        }
    }

    private static void add(List<Figure> to, String name, String kilobytes) {
        to.add(new Figure(name, Long.parseLong(kilobytes) * 1024));
    }

    /** What {@code jcmd VM.native_memory} prints; empty if the JVM has no such command. */
    private static String nativeMemory() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmNativeMemory",
                            new Object[] {new String[] {"summary"}},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            return "";
        }
    }
}
