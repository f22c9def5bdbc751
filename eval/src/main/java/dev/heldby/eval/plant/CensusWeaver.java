// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Has every site counted, every change of a count told, and every refusal. Inserts no branch, so that the frames stay as
 * they are.
 */
final class CensusWeaver {
    private final Calls calls;
    private final SiteScan scan;
    private final boolean countSites;

    /** @param countSites false where only lives and refusals are asked for */
    CensusWeaver(Calls calls, boolean countSites) {
        this.calls = calls;
        this.scan = new SiteScan(calls);
        this.countSites = countSites;
    }

    /** Null if there is nothing to do in this class. */
    byte[] weave(String name, byte[] classFile) {
        boolean life = calls.hasLife(name);
        boolean refusal = calls.isRefusal(name);
        if (!life && !refusal && !countSites) {
            return null;
        }
        ClassReader reader = new ClassReader(classFile);
        ClassNode type = new ClassNode();
        reader.accept(type, 0);
        List<SiteScan.Found> sites = countSites ? scan.sites(type) : List.of();
        if (sites.isEmpty() && !life && !refusal) {
            return null;
        }
        sites.forEach(CensusWeaver::count);
        if (life) {
            type.methods.forEach(method -> tell(type, method));
        }
        if (refusal) {
            RefusalWeaver.tell(type);
        }
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        type.accept(writer);
        return writer.toByteArray();
    }

    private static void count(SiteScan.Found found) {
        InsnList code = CodeOf.copyObject(found.call());
        code.add(new LdcInsnNode(Census.register(found.site())));
        code.add(CodeOf.hook(CodeOf.CENSUS, "at", "(Ljava/lang/Object;I)V"));
        found.method().instructions.insertBefore(found.call(), code);
    }

    private void tell(ClassNode type, MethodNode method) {
        Calls.LifeEvent event = calls.event(type.name, method.name, method.desc);
        boolean hasCode = (method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_BRIDGE | Opcodes.ACC_STATIC)) == 0;
        if (event == null || !hasCode) {
            return;
        }
        if (event == Calls.LifeEvent.BORN || event == Calls.LifeEvent.BEGUN) {
            int references = event == Calls.LifeEvent.BORN ? Opcodes.ICONST_1 : Opcodes.ICONST_0;
            for (AbstractInsnNode step : method.instructions.toArray()) {
                if (step.getOpcode() == Opcodes.RETURN) {
                    method.instructions.insertBefore(step, told("born", new InsnNode(references)));
                }
            }
        } else {
            Type[] arguments = Type.getArgumentTypes(method.desc);
            boolean number = arguments.length == 1 && arguments[0].getSort() == Type.INT;
            method.instructions.insert(told(
                    event == Calls.LifeEvent.GET ? "get" : "put",
                    number ? new VarInsnNode(Opcodes.ILOAD, 1) : new InsnNode(Opcodes.ICONST_1)));
            RefusalWeaver.tellThrown(method);
        }
    }

    private static InsnList told(String hook, AbstractInsnNode number) {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(number);
        code.add(CodeOf.hook(CodeOf.CENSUS, hook, "(Ljava/lang/Object;I)V"));
        return code;
    }
}
