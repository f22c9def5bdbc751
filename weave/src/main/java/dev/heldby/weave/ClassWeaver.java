// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.weave.rules.MethodPattern;
import dev.heldby.weave.rules.Operation;
import dev.heldby.weave.rules.Operation.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Weaves the methods of one class, and adds the field. */
final class ClassWeaver extends ClassVisitor {
    private final List<Stanza> stanzas;
    private final String gate;
    private final boolean field;
    private final MethodScan scan;

    private final Map<String, String> fields = new HashMap<>();
    private final List<String> probes = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private String name;

    ClassWeaver(ClassVisitor next, List<Stanza> stanzas, String gate, boolean field, MethodScan scan) {
        super(Opcodes.ASM9, next);
        this.stanzas = stanzas;
        this.gate = gate;
        this.field = field;
        this.scan = scan;
    }

    List<String> probes() {
        return List.copyOf(probes);
    }

    List<String> troubles() {
        return List.copyOf(troubles);
    }

    @Override
    public void visit(
            int version, int access, String className, String signature, String superName, String[] interfaces) {
        name = className;
        super.visit(version, access, className, signature, superName, interfaces);
    }

    @Override
    public FieldVisitor visitField(int access, String fieldName, String descriptor, String signature, Object value) {
        if ((access & Opcodes.ACC_STATIC) == 0) {
            fields.put(fieldName, descriptor);
        }
        return super.visitField(access, fieldName, descriptor, signature, value);
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
        WovenMethod woven = new WovenMethod(name, access, method, descriptor, fields);
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
        MethodPattern pattern = operation.method();
        if (pattern.byAnnotation()) {
            String annotation = "L" + pattern.name().substring(1).replace('.', '/') + ";";
            return scan.annotations(method, descriptor).contains(annotation);
        }
        return pattern.matches(method, simpleNames(descriptor));
    }

    private void insert(Stanza stanza, Operation operation, WovenMethod woven, List<Probe> inserted) {
        Probe probe = new Probe(
                operation,
                stanza.kind().id(),
                field && stanza.entry().isCountedType() && stanza.entry().type().selfContained());
        String trouble = probe.trouble(woven, scan);
        if (trouble == null) {
            if (inserted.stream().noneMatch(probe::repeats)) {
                inserted.add(probe);
            }
            probes.add(name.replace('/', '.') + "." + woven.name() + ": "
                    + operation.word().name().toLowerCase(java.util.Locale.ROOT) + " ("
                    + stanza.entry().rule().source() + " line " + operation.line() + ")");
        } else {
            troubles.add(stanza.entry().rule().source() + " line " + operation.line() + " does not fit "
                    + name.replace('/', '.') + "." + woven.name() + ": " + trouble + ".");
        }
    }

    private static List<String> simpleNames(String descriptor) {
        return Arrays.stream(Type.getArgumentTypes(descriptor))
                .map(type -> type.getClassName())
                .map(type -> type.substring(type.lastIndexOf('.') + 1))
                .map(type -> type.substring(type.lastIndexOf('$') + 1))
                .toList();
    }
}
