// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.analysis.Frame;

/** The instructions that copy and move values within the stack. */
final class Shuffle {
    private Shuffle() {}

    /**
     * Of each place that the instruction leaves, from the lowest that it touches, the place where its value was. A long or a
     * double is one place.
     */
    static List<Integer> of(int opcode, Frame<Held> frame) {
        int top = frame.getStackSize() - 1;
        return switch (opcode) {
            case Opcodes.DUP -> List.of(top, top);
            case Opcodes.SWAP -> List.of(top, top - 1);
            case Opcodes.DUP_X1 -> List.of(top, top - 1, top);
            case Opcodes.DUP_X2 -> copied(frame, 1, 2);
            case Opcodes.DUP2 -> copied(frame, 2, 0);
            case Opcodes.DUP2_X1 -> copied(frame, 2, 1);
            default -> copied(frame, 2, 2);
        };
    }

    /** So many words copied beneath themselves and beneath so many words more. */
    private static List<Integer> copied(Frame<Held> frame, int words, int beneath) {
        int top = frame.getStackSize();
        int copied = top - places(frame, top, words);
        int lowest = copied - places(frame, copied, beneath);
        List<Integer> order = new ArrayList<>();
        for (int place = copied; place < top; place++) {
            order.add(place);
        }
        for (int place = lowest; place < top; place++) {
            order.add(place);
        }
        return order;
    }

    /** How many places below that one take so many words. */
    private static int places(Frame<Held> frame, int from, int words) {
        int places = 0;
        int left = words;
        while (left > 0) {
            places++;
            left -= frame.getStack(from - places).size();
        }
        return places;
    }
}
