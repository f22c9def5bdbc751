// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the threads of this process have their stack pointers, from {@code /proc/self/task/TID/syscall}. Immutable.
 *
 * @param self the thread that asked
 * @param byThread of each thread of the process, 0 of those that run and of those that the kernel does not tell
 */
record StackPointers(int self, Map<Integer, Long> byThread) {
    private static final Path TASKS = Path.of("/proc/self/task");

    static StackPointers now() throws IOException {
        Map<Integer, Long> byThread = new HashMap<>();
        String[] tasks = TASKS.toFile().list();
        for (String task : tasks == null ? new String[0] : tasks) {
            byThread.put(Integer.valueOf(task), ofTask(task));
        }
        return new StackPointers(callingThread(), byThread);
    }

    private static int callingThread() throws IOException {
        Path link = Files.readSymbolicLink(Path.of("/proc/thread-self"));
        return Integer.parseInt(link.getFileName().toString());
    }

    private static long ofTask(String task) {
        try {
            return parse(ProcFile.text(TASKS + "/" + task + "/syscall"));
        } catch (IOException e) {
            // The thread ended, or the kernel was built without it.
            return 0;
        }
    }

    /* The number of the system call and its six arguments, or -1, then the stack pointer and the program counter. */
    static long parse(String syscall) {
        String[] fields = syscall.strip().split(" ");
        return fields.length < 3 ? 0 : Math.max(0, Long.parseUnsignedLong(fields[fields.length - 2].substring(2), 16));
    }
}
