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
    private final List<BlockOperation> allocs;
    private final List<BlockOperation> frees;
    private final int firstOwn;

    private final Map<Integer, Integer> copies = new HashMap<>();
    private final Label start = new Label();
    private final Label end = new Label();
    private int own;

    /** @param locals how many variables the method has, where a long counts twice */
    BlockMethodWeaver(
            MethodVisitor next, WovenMethod method, BlockCode code, List<BlockOperation> operations, int locals) {
        super(Opcodes.ASM9, next);
        this.method = method;
        this.code = code;
        this.allocs =
                operations.stream().filter(each -> each.word() == Word.ALLOC).toList();
        this.frees =
                operations.stream().filter(each -> each.word() == Word.FREE).toList();
        this.firstOwn = locals;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        for (BlockOperation alloc : allocs) {
            copy(alloc.address().argument());
            copy(alloc.size().argument());
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
    private void freed(BlockOperation free) {
        Address address = free.address();
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

    private void allocated(BlockOperation alloc) {
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
        code.allocated(mv);
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
            for (int slot = firstOwn + 2 * copies.size(); slot < firstOwn + 2 * own; slot += 4) {
                mv.visitVarInsn(Opcodes.LLOAD, slot);
                mv.visitVarInsn(Opcodes.LLOAD, slot + 2);
                code.unfreed(mv);
            }
            super.visitInsn(Opcodes.ATHROW);
        }
        super.visitMaxs(maxStack, maxLocals);
    }
}
