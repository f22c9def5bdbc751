// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;

/** The labels by which frames name the instruction that allocated an object whose constructor is still to be called. */
final class UnmadeLabels {
    private final InsnList code;
    private final Map<LabelNode, AbstractInsnNode> allocations = new HashMap<>();

    UnmadeLabels(InsnList code) {
        this.code = code;
        for (AbstractInsnNode instruction : code) {
            if (instruction instanceof FrameNode frame) {
                find(frame.local);
                find(frame.stack);
            }
        }
    }

    private void find(List<Object> types) {
        for (Object type : types) {
            if (type instanceof LabelNode label) {
                AbstractInsnNode allocation = label;
                while (allocation.getOpcode() < 0) {
                    allocation = allocation.getNext();
                }
                allocations.put(label, allocation);
            }
        }
    }

    /** Names each allocation anew, now that there may be code between its label and itself. */
    void renew() {
        Map<Object, LabelNode> renewed = new HashMap<>();
        allocations.forEach((label, allocation) -> {
            LabelNode next = new LabelNode();
            code.insertBefore(allocation, next);
            renewed.put(label, next);
        });
        for (AbstractInsnNode instruction : code) {
            if (instruction instanceof FrameNode frame) {
                frame.local = renewed(frame.local, renewed);
                frame.stack = renewed(frame.stack, renewed);
            }
        }
    }

    private static List<Object> renewed(List<Object> types, Map<Object, LabelNode> renewed) {
        return types.stream()
                .map(type -> renewed.containsKey(type) ? renewed.get(type) : type)
                .toList();
    }
}
