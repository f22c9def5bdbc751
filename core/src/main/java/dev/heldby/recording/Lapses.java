// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.RuleTraits;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Uses through a variable whose reference has been given back, while the object lives on through others. Methods that were woven for it tell
 * of their calls through such variables; what the calls take, give back and use, the other probes tell meanwhile.
 *
 * <p>Any thread may call; nothing is looked at unless {@link #watch} was called. Costs a thread local for each such call, and for each
 * use of a followed object.
 */
public final class Lapses {
    private final Recorder recorder;
    /** Whether any method tells. Plain: it is set before the first of them is woven. */
    private boolean on;
    /** Where a variable gave back a reference and then one more: it had several, so that it had not lapsed there. */
    private final Set<Integer> lent = ConcurrentHashMap.newKeySet();

    Lapses(Recorder recorder) {
        this.recorder = recorder;
    }

    /** From now on uses are looked at. */
    public void watch() {
        on = true;
        recorder.uses.on = true;
    }

    /** The calling thread is about to make a call through that variable; null if it is the variable's first one. */
    Variable through(Variable variable, String method, int kind) {
        Variable held = variable == null ? new Variable(method) : variable;
        held.begin(kind);
        recorder.threadState().through = held;
        return held;
    }

    /** The call has returned; null if an exception came out of one. */
    void passed(Variable variable) {
        ThreadState thread = recorder.threadState();
        thread.through = null;
        if (variable == null) {
            return;
        }
        if (variable.settle(thread)) {
            lent(variable.lapsedAt());
        }
        if (variable.usedAt != 0 && !variable.told) {
            variable.told = true;
            tell(variable, thread);
        }
    }

    private void lent(int put) {
        if (lent.add(put)) {
            recorder.badEnds.observations.withdraw(Observation.State.LAPSED_VARIABLE, put);
            recorder.badEnds.observations.withdraw(Observation.State.LAPSED_PARAMETER, put);
        }
    }

    /** The calling thread uses that object. */
    void used(Lifecycle lifecycle) {
        if (!on) {
            return;
        }
        ThreadState thread = recorder.threadState();
        Variable variable = thread.through;
        if (variable != null && !thread.inside && variable.usedAt == 0 && variable.hasLapsed(lifecycle)) {
            recorder.unrecorded(() -> variable.usedAt = recorder.depot.save());
        }
    }

    private void tell(Variable variable, ThreadState thread) {
        Lifecycle lifecycle = variable.lifecycle();
        RuleTraits rule = lifecycle.kind.rule().traits();
        if (!lent.contains(variable.lapsedAt())
                && !lifecycle.isTakenSince(variable.lapsedAt(), thread)
                && isBy(variable.method, variable.lapsedAt(), rule, false)
                && isBy(variable.method, variable.usedAt, rule, true)) {
            Observation.State state =
                    variable.isParameter() ? Observation.State.LAPSED_PARAMETER : Observation.State.LAPSED_VARIABLE;
            recorder.badEnds.refused(lifecycle, state, Op.USE, lifecycle.count(), variable.usedAt, thread);
        }
    }

    /**
     * Whether that method itself gave back or used, and not another one of the program's that it called: between lies nothing but
     * what carries out its callers' decisions, and code of the object's own class or, for a use, of the package around that.
     */
    private boolean isBy(String method, int stack, RuleTraits rule, boolean isUse) {
        List<StackTraceElement> frames = recorder.depot.frames(stack);
        if (frames.isEmpty()) {
            return false;
        }
        String own = frames.get(0).getClassName();
        String within = isUse ? own.substring(0, own.lastIndexOf('.') + 1) : own;
        for (StackTraceElement frame : frames) {
            String name = frame.getClassName();
            if (method.equals(name + '.' + frame.getMethodName())) {
                return true;
            }
            if (!name.startsWith(within) && !rule.isPlumbing(name) && !RuleTraits.isJdk(name)) {
                return false;
            }
        }
        return false;
    }
}
