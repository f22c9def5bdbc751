// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Finds the sites in a class. */
final class SiteScan {
    private final Calls calls;

    /** A site and the instruction that is it. */
    record Found(CallSite site, MethodNode method, MethodInsnNode call) {}

    SiteScan(Calls calls) {
        this.calls = calls;
    }

    /**
     * In the order of the code. What a method of the same name passes on was decided by its caller and is left out; a
     * close that closes something else decides.
     */
    List<Found> sites(ClassNode type) {
        List<Found> found = new ArrayList<>();
        if (calls.isPlumbing(type.name) || Names.isJdk(type.name)) {
            return found;
        }
        for (MethodNode method : type.methods) {
            int line = -1;
            int ordinal = 0;
            for (AbstractInsnNode step : method.instructions) {
                if (step instanceof LineNumberNode number) {
                    line = number.line;
                } else if (step instanceof MethodInsnNode call && call.getOpcode() != Opcodes.INVOKESPECIAL) {
                    Optional<Call> fitting = calls.fitting(call.owner, call.name, call.desc);
                    if (fitting.isPresent()) {
                        ordinal++;
                        if (!call.name.equals(method.name) || call.name.equals("close")) {
                            found.add(new Found(site(type, method, ordinal, fitting.get(), call, line), method, call));
                        }
                    }
                }
            }
        }
        return found;
    }

    /** The line of an instruction, or -1. */
    int lineOf(MethodNode method, MethodInsnNode call) {
        int line = -1;
        for (AbstractInsnNode step : method.instructions) {
            if (step instanceof LineNumberNode number) {
                line = number.line;
            } else if (step.equals(call)) {
                return line;
            }
        }
        return -1;
    }

    private static CallSite site(
            ClassNode type, MethodNode method, int ordinal, Call call, MethodInsnNode step, int line) {
        return CallSite.of(
                type.name,
                method.name,
                method.desc,
                ordinal,
                call,
                step.owner.replace('/', '.') + '.' + step.name + step.desc,
                line,
                !call.get() && EarlyRelease.find(method, step).isPresent());
    }
}
