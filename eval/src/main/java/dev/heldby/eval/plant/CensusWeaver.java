// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.List;
import java.util.Map;
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

/** Has every site counted, and every change of a count told. Inserts no branch, so that the frames stay as they are. */
final class CensusWeaver {
    private final Calls calls;
    private final SiteScan scan;

    CensusWeaver(Calls calls) {
        this.calls = calls;
        this.scan = new SiteScan(calls);
    }

    /** Null if there is nothing to do in this class. */
    byte[] weave(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassNode type = new ClassNode();
        reader.accept(type, 0);
        List<SiteScan.Found> sites = scan.sites(type);
        sites.forEach(CensusWeaver::count);
        Map<String, Calls.LifeEvent> life = calls.lifeOf(type.name);
        if (!life.isEmpty()) {
            type.methods.forEach(method -> tell(method, life));
        }
        boolean refusal = calls.isRefusal(type.name);
        if (refusal) {
            RefusalWeaver.tell(type);
        }
        if (sites.isEmpty() && life.isEmpty() && !refusal) {
            return null;
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

    private static void tell(MethodNode method, Map<String, Calls.LifeEvent> life) {
        Calls.LifeEvent event = life.get(method.name);
        boolean hasCode = (method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_BRIDGE | Opcodes.ACC_STATIC)) == 0;
        if (event == null || !hasCode) {
            return;
        }
        if (event == Calls.LifeEvent.BORN) {
            for (AbstractInsnNode step : method.instructions.toArray()) {
                if (step.getOpcode() == Opcodes.RETURN) {
                    method.instructions.insertBefore(step, told("born", new InsnNode(Opcodes.ICONST_1)));
                }
            }
        } else {
            boolean number = Type.getArgumentTypes(method.desc).length == 1;
            method.instructions.insert(told(
                    event == Calls.LifeEvent.GET ? "get" : "put",
                    number ? new VarInsnNode(Opcodes.ILOAD, 1) : new InsnNode(Opcodes.ICONST_1)));
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
