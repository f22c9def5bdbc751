// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.weave.rules.BlockOperation;
import dev.heldby.weave.rules.RuleBook.BlockEntry;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Weaves the methods of one class that allocate and free off-heap memory. It adds no member, so that a class that is loaded
 * already can be woven like any other.
 */
final class BlockWeaver extends ClassVisitor {
    private final List<BlockEntry> entries;
    private final String gate;
    private final MethodScan scan;
    private final ClassNotes notes;
    private final String name;

    /** @param name the class's internal name */
    BlockWeaver(
            ClassVisitor next, String name, List<BlockEntry> entries, String gate, MethodScan scan, ClassNotes notes) {
        super(Opcodes.ASM9, next);
        this.name = name;
        this.entries = entries;
        this.gate = gate;
        this.scan = scan;
        this.notes = notes;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, String signature, String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
        if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_BRIDGE)) != 0 || scan.delegates(method, descriptor)) {
            return next;
        }
        WovenMethod woven = new WovenMethod(name, access, method, descriptor, scan.fields());
        List<BlockProbe> inserted = new ArrayList<>();
        for (BlockEntry entry : entries) {
            for (BlockOperation operation : entry.operations()) {
                if (scan.isMeant(operation.method(), method, descriptor)) {
                    insert(entry, operation, woven, inserted);
                }
            }
        }
        return inserted.isEmpty()
                ? next
                : new BlockMethodWeaver(next, woven, new BlockCode(gate), inserted, scan.locals(method, descriptor));
    }

    private void insert(BlockEntry entry, BlockOperation operation, WovenMethod woven, List<BlockProbe> inserted) {
        BlockProbe probe = new BlockProbe(operation, entry.number());
        String trouble = probe.trouble(woven);
        if (trouble == null) {
            inserted.add(probe);
            notes.probe(woven.name(), operation.word(), entry.rule(), operation.line());
        } else {
            notes.trouble(woven.name(), trouble, entry.rule(), operation.line());
        }
    }
}
