// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Where a method begins, where scopes and the method end, and where exceptions arrive: shadows are made null at first, and
 * given up there.
 *
 * <p>A last handler, around all others, gives up every shadow and throws on. In a constructor it begins behind the call of
 * another one, and there is one more for what comes before, since the object is not yet one.
 */
final class MethodEnds {
    private static final String THROWABLE = "java/lang/Throwable";

    private final World world;
    private final String owner;
    private final MethodNode method;
    private final Emission emission;
    private final InsnList code;

    MethodEnds(World world, String owner, MethodNode method, Emission emission) {
        this.world = world;
        this.owner = owner;
        this.method = method;
        this.emission = emission;
        code = method.instructions;
    }

    /** Whether the method may be called by code that is not woven, which perhaps does not hold what it passes. */
    static boolean isHeldAtEntry(World world, String owner, MethodNode method, boolean isHandle) {
        boolean called = isHandle
                || method.name.equals("main")
                || (method.access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0
                        && !method.name.equals("<init>")
                        && world.overridesUnwoven(owner, method.name, method.desc);
        return called && heldParameters(world, owner, method).findAny().isPresent();
    }

    /** The local variables of the parameters that may refer to something counted. */
    static IntStream heldParameters(World world, String owner, MethodNode method) {
        List<Integer> held = new ArrayList<>();
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        if (!isStatic && !method.name.equals("<init>") && world.mayHoldClass(owner)) {
            held.add(0);
        }
        int local = isStatic ? 0 : 1;
        for (Type type : Type.getArgumentTypes(method.desc)) {
            if (world.mayHold(type)) {
                held.add(local);
            }
            local += type.getSize();
        }
        return held.stream().mapToInt(Integer::intValue);
    }

    /** Gives up what variables hold that are no longer needed, before the first instruction that does not need them. */
    void addDrops(HeldAnalysis analysis, BitSet[] dropped, Temporaries temporaries) {
        AbstractInsnNode[] all = code.toArray();
        BitSet pending = new BitSet();
        for (int i = 0; i < all.length; i++) {
            pending.or(dropped[i]);
            if (all[i].getOpcode() >= 0) {
                if (analysis.before(i) != null) {
                    InsnList list = emission.dropVariables(pending);
                    temporaries.endBefore(all[i], list.getFirst());
                    code.insertBefore(all[i], list);
                }
                pending.clear();
            }
        }
    }

    /** Adds the beginning of the method, the ends of its handlers' paths, and the last handlers. */
    void close(boolean isHeldAtEntry, Set<LabelNode> handlersOfHolders) {
        for (LabelNode handler : handlers()) {
            enterHandler(handler, handlersOfHolders.contains(handler));
        }
        if (isHeldAtEntry) {
            heldParameters(world, owner, method).forEach(emission::ofParameter);
        }
        LabelNode start = new LabelNode();
        addLastHandlers(start);
        begin(start, isHeldAtEntry);
        addFrames();
        layOut();
    }

    private Set<LabelNode> handlers() {
        Set<LabelNode> handlers = new HashSet<>();
        method.tryCatchBlocks.forEach(block -> handlers.add(block.handler));
        return handlers;
    }

    private void enterHandler(LabelNode handler, boolean holds) {
        InsnList list = new InsnList();
        if (holds) {
            list.add(Emission.op(Opcodes.DUP));
            list.add(Emission.through("caught"));
            list.add(Emission.replace(emission.ofStack(0)));
        }
        emission.ofExpressions(holds ? 1 : 0).forEach(shadow -> list.add(Emission.drop(shadow)));
        AbstractInsnNode first = handler;
        while (first.getOpcode() < 0) {
            first = first.getNext();
        }
        code.insertBefore(first, list);
    }

    private void begin(LabelNode start, boolean isHeldAtEntry) {
        InsnList list = new InsnList();
        emission.shadows().forEach(shadow -> list.add(Emission.forget(shadow)));
        if (isHeldAtEntry) {
            heldParameters(world, owner, method).forEach(local -> {
                list.add(Emission.load(local));
                list.add(Emission.through("retain"));
                list.add(Emission.store(emission.ofParameter(local)));
            });
        }
        list.add(start);
        code.insert(list);
    }

    private void addLastHandlers(LabelNode start) {
        LabelNode end = new LabelNode();
        boolean isConstructor = method.name.equals("<init>");
        if (!isConstructor) {
            code.add(end);
            addLastHandler(start, end, false);
            return;
        }
        MethodInsnNode call = ConstructorCall.of(owner, method);
        LabelNode before = new LabelNode();
        LabelNode behind = new LabelNode();
        code.insertBefore(call, before);
        code.insert(call, behind);
        code.add(end);
        if (!emission.shadows().isEmpty()) {
            addLastHandler(start, before, true);
        }
        addLastHandler(behind, end, false);
    }

    private void addLastHandler(LabelNode start, LabelNode end, boolean isUnmade) {
        LabelNode handler = new LabelNode();
        code.add(handler);
        Object[] locals = new KeptParameters(method).locals(isUnmade ? Opcodes.UNINITIALIZED_THIS : owner);
        code.add(new FrameNode(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {THROWABLE}));
        boolean holdsExceptions = world.mayHoldClass(THROWABLE);
        int exception = emission.scratch(0);
        int held = emission.scratch(1);
        code.add(Emission.store(exception));
        if (holdsExceptions) {
            code.add(Emission.load(exception));
            code.add(Emission.through("caught"));
            code.add(Emission.store(held));
        }
        emission.shadowsBackwards().forEach(shadow -> code.add(Emission.drop(shadow)));
        if (method.name.equals("<init>") && !isUnmade && world.isCounted(owner)) {
            code.add(Emission.load(0));
            code.add(Emission.call("unborn", "(" + Emission.OBJECT + ")V"));
        }
        if (holdsExceptions) {
            code.add(Emission.load(held));
            code.add(Emission.call("thrown", "(" + Emission.OBJECT + ")V"));
        }
        code.add(Emission.load(exception));
        code.add(new TypeInsnNode(Opcodes.CHECKCAST, THROWABLE));
        code.add(Emission.op(Opcodes.ATHROW));
        method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, handler, null));
    }

    /** Every frame has the shadows behind the variables of the program. */
    private void addFrames() {
        for (AbstractInsnNode instruction : code) {
            if (instruction instanceof FrameNode frame) {
                List<Object> locals = new ArrayList<>(frame.local);
                int slots = 0;
                for (Object local : locals) {
                    slots += Opcodes.LONG.equals(local) || Opcodes.DOUBLE.equals(local) ? 2 : 1;
                }
                for (; slots < method.maxLocals; slots++) {
                    locals.add(Opcodes.TOP);
                }
                emission.shadows().forEach(shadow -> locals.add("java/lang/Object"));
                frame.local = locals;
            }
        }
    }

    private void layOut() {
        Map<Integer, Integer> layout = emission.layout();
        for (AbstractInsnNode instruction : code) {
            if (instruction instanceof VarInsnNode variable && variable.var >= method.maxLocals) {
                variable.var = layout.get(variable.var);
            }
        }
    }
}
