// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.DateTimeException;

/**
 * A snapshot as bytes. Costs one pass and memory for the tables; may be called from any thread, the stream is left open.
 *
 * <pre>
 *  file     "HELDBY"  format:1  version:string  mode:string  jvm  takenAt:instant
 *           coverage  list(rule)  list(observation)  list(healthy)  list(releaseCall)  optional(footprint)
 *           "END"
 *  int      7 bits a byte, lowest first, the top bit set on all but the last byte
 *  signed   int of the value, sign moved to the lowest bit
 *  string   0 = null | n = the n-th string so far | one more than there are = a new one: length:int  UTF-8
 *  frame    the same with frames; a new one: class:string  method:string  file:string  line:signed
 *  stack    the same with stacks, no null; a new one: list(frame), innermost first
 *  instant  0 = null | nanos + 1:int  seconds:signed
 *  list(x)  length:int  x...
 *  optional(x)  a list of none or one
 *  event    op:1  count:signed  thread:string  at:instant  stack  inferred:1
 *  history  list(event)  dropped:int  folded:int
 * </pre>
 *
 * <p>The other records are their components in order of declaration. Names of class loaders and modules are not kept.
 */
public final class SnapshotFile {
    static final String MAGIC = "HELDBY";
    static final String END = "END";
    static final int FORMAT = 6;

    private SnapshotFile() {}

    /** Writes the snapshot and flushes. */
    public static void write(Snapshot snapshot, OutputStream out) throws IOException {
        new SnapshotWriter(out).write(snapshot);
    }

    /**
     * Reads one snapshot.
     *
     * @throws SnapshotFormatException if the bytes are not a whole snapshot of this or an earlier format
     */
    public static Snapshot read(InputStream in) throws IOException {
        try {
            return new SnapshotReader(in).read();
        } catch (EOFException e) {
            throw new SnapshotFormatException(
                    "The snapshot ends too early: it was cut off while it was written or copied; take it again.", e);
        } catch (DateTimeException e) {
            throw SnapshotReader.damaged("a time", e);
        }
    }
}
