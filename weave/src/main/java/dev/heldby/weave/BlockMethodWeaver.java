// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.weave.rules.BlockOperation;
import dev.heldby.weave.rules.BlockOperation.Address;
import dev.heldby.weave.rules.BlockOperation.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts the probes of one method where it begins, where it returns and where it throws.
 *
 * <p>Arguments that are needed at the end are copied to variables of their own at the beginning, since {@code Unsafe} rounds
 * its own up; they come after all others, so every frame is widened by them. They are all of type long.
 */
final class BlockMethodWeaver extends MethodVisitor {
    private final WovenMethod method;
    private final BlockCode code;
    private final List<BlockProbe> allocs;
    private final List<BlockProbe> frees;
    private final int firstOwn;

    private final Map<Integer, Integer> copies = new HashMap<>();
    private final Label start = new Label();
    private final Label end = new Label();
    private int own;

    /** @param locals how many variables the method has, where a long counts twice */
    BlockMethodWeaver(MethodVisitor next, WovenMethod method, BlockCode code, List<BlockProbe> probes, int locals) {
        super(Opcodes.ASM9, next);
        this.method = method;
        this.code = code;
        this.allocs = probes.stream()
                .filter(each -> each.operation().word() == Word.ALLOC)
                .toList();
        this.frees = probes.stream()
                .filter(each -> each.operation().word() == Word.FREE)
                .toList();
        this.firstOwn = locals;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        for (BlockProbe alloc : allocs) {
            copy(alloc.operation().address().argument());
            copy(alloc.operation().size().argument());
        }
        frees.forEach(this::freed);
        if (!frees.isEmpty()) {
            super.visitLabel(start);
        }
    }

    private void copy(int argument) {
        if (argument > 0 && !copies.containsKey(argument)) {
            code.argument(mv, method, argument);
            copies.put(argument, store());
        }
    }

    /** Leaves the address and the size in two variables, one after the other. */
    private void freed(BlockProbe free) {
        Address address = free.operation().address();
        if (address.field() == null) {
            code.argument(mv, method, address.argument());
        } else {
            code.field(mv, method, address.field());
        }
        mv.visitInsn(Opcodes.DUP2);
        store();
        code.freed(mv);
        store();
    }

    private int store() {
        int slot = firstOwn + 2 * own++;
        mv.visitVarInsn(Opcodes.LSTORE, slot);
        return slot;
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            allocs.forEach(this::allocated);
        }
        super.visitInsn(opcode);
    }

    private void allocated(BlockProbe probe) {
        BlockOperation alloc = probe.operation();
        Address address = alloc.address();
        if (address.isResult()) {
            mv.visitInsn(Opcodes.DUP2);
        } else if (address.field() == null) {
            mv.visitVarInsn(Opcodes.LLOAD, copies.get(address.argument()));
        } else {
            code.field(mv, method, address.field());
        }
        if (alloc.size().argument() > 0) {
            mv.visitVarInsn(Opcodes.LLOAD, copies.get(alloc.size().argument()));
        } else {
            mv.visitLdcInsn(alloc.size().constant());
        }
        code.allocated(mv, probe.rule());
    }

    @Override
    public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
        Object[] widened = widened(Arrays.asList(local).subList(0, numLocal));
        super.visitFrame(type, widened.length, widened, numStack, stack);
    }

    /** The variables of a frame, where a long counts once, and ours behind them. */
    private Object[] widened(List<Object> locals) {
        if (own == 0) {
            return locals.toArray();
        }
        int wide = (int) locals.stream()
                .filter(each -> Opcodes.LONG.equals(each) || Opcodes.DOUBLE.equals(each))
                .count();
        List<Object> all = new ArrayList<>(locals);
        all.addAll(Collections.nCopies(firstOwn - locals.size() - wide, Opcodes.TOP));
        all.addAll(Collections.nCopies(own, Opcodes.LONG));
        return all.toArray();
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (!frees.isEmpty()) {
            super.visitLabel(end);
            super.visitTryCatchBlock(start, end, end, null);
            Object[] locals = widened(List.of());
            super.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
            int slot = firstOwn + 2 * copies.size();
            for (BlockProbe free : frees) {
                mv.visitVarInsn(Opcodes.LLOAD, slot);
                mv.visitVarInsn(Opcodes.LLOAD, slot + 2);
                code.unfreed(mv, free.rule());
                slot += 4;
            }
            super.visitInsn(Opcodes.ATHROW);
        }
        super.visitMaxs(maxStack, maxLocals);
    }
}
