// SPDX-License-Identifier: Apache-2.0
package shop;

import dev.heldby.handle.Handle;
import dev.heldby.handle.LapsedHandleException;
import java.nio.ByteBuffer;

public final class Tables {
    private static void free(ByteBuffer memory) {
        System.out.println("freed " + memory.capacity() + " bytes");
    }

    public static void main(String[] args) {
        // sample
        Handle<ByteBuffer> writer = Handle.of(ByteBuffer.allocateDirect(64), Tables::free);
        Handle<ByteBuffer> reader = writer.retain();
        writer.get().putInt(0, 42);
        writer.close();
        System.out.println(reader.get().getInt(0)); // the reader's own handle: fine
        try {
            writer.get(); // given back, although the memory is still there
        } catch (LapsedHandleException e) {
            System.out.println("refused");
        }
        reader.close(); // the last one: Tables.free runs
        // end
    }
}
