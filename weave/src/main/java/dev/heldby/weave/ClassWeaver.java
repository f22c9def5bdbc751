// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.weave.rules.Operation;
import dev.heldby.weave.rules.Operation.Word;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Weaves the methods of one class, and adds the field. */
final class ClassWeaver extends ClassVisitor {
    private final List<Stanza> stanzas;
    private final String gate;
    private final boolean field;
    private final boolean seesUses;
    private final MethodScan scan;
    private final ClassNotes notes;
    private final String name;

    /** @param name the class's internal name */
    ClassWeaver(
            ClassVisitor next,
            String name,
            List<Stanza> stanzas,
            String gate,
            boolean field,
            boolean seesUses,
            MethodScan scan,
            ClassNotes notes) {
        super(Opcodes.ASM9, next);
        this.name = name;
        this.stanzas = stanzas;
        this.gate = gate;
        this.field = field;
        this.seesUses = seesUses;
        this.scan = scan;
        this.notes = notes;
    }

    @Override
    public void visitEnd() {
        if (field) {
            super.visitField(LifecycleField.ACCESS, LifecycleField.NAME, LifecycleField.DESCRIPTOR, null, null)
                    .visitEnd();
        }
        super.visitEnd();
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, String signature, String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
        if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE)) != 0) {
            return next;
        }
        WovenMethod woven = new WovenMethod(name, access, method, descriptor, scan.fields());
        List<Probe> inserted = new ArrayList<>();
        for (Stanza stanza : stanzas) {
            for (Operation operation : stanza.entry().operations()) {
                if (concerns(operation, method, descriptor)) {
                    insert(stanza, operation, woven, inserted);
                }
            }
        }
        return inserted.isEmpty() ? next : new MethodWeaver(next, woven, new ProbeCode(gate), inserted);
    }

    private boolean concerns(Operation operation, String method, String descriptor) {
        if (operation.word() == Word.DEAD) {
            return !method.startsWith("<")
                    && scan.calls(method, descriptor, operation.method().name());
        }
        return scan.isMeant(operation.method(), method, descriptor);
    }

    private void insert(Stanza stanza, Operation operation, WovenMethod woven, List<Probe> inserted) {
        Probe probe = new Probe(
                operation,
                stanza.kind().id(),
                field && stanza.entry().isCountedType() && stanza.entry().type().selfContained(),
                seesUses);
        String trouble = probe.trouble(woven, scan);
        if (trouble == null) {
            if (inserted.stream().noneMatch(probe::repeats)) {
                inserted.add(probe);
            }
            notes.probe(woven.name(), operation.word(), stanza.entry().rule(), operation.line());
        } else {
            notes.trouble(woven.name(), trouble, stanza.entry().rule(), operation.line());
        }
    }
}
