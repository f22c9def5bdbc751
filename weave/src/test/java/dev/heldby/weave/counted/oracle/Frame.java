// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * One active call: what it holds.
 *
 * <p>Variables in scope and operands, the values that the running statement has yet to use, hold strictly. Values that it
 * has used already linger until its end: a weaver may let them go at once or then.
 */
final class Frame {
    final @Nullable Object self;
    private final Map<Element, @Nullable Object> locals = new IdentityHashMap<>();
    private final List<@Nullable Object> operands = new ArrayList<>();
    private final List<@Nullable Object> lingering = new ArrayList<>();

    Frame(@Nullable Object self) {
        this.self = self;
    }

    @Nullable
    Object get(Element variable) {
        return locals.containsKey(variable) ? locals.get(variable) : ((Obj) self).captured(variable);
    }

    void set(Element variable, @Nullable Object value) {
        locals.put(variable, value);
    }

    /** The end of the scope of these. */
    void forget(Collection<? extends Element> variables) {
        variables.forEach(locals::remove);
    }

    /** The end of the scope of these by a jump: javac's table has them in scope until all that runs at the jump is done. */
    void linger(Collection<? extends Element> variables) {
        variables.forEach(variable -> lingering.add(locals.remove(variable)));
    }

    /** The values of these, each held while the next are evaluated. */
    @Nullable
    Object[] values(List<Code> codes) {
        int mark = operands.size();
        for (Code code : codes) {
            operands.add(code.run(this));
        }
        Object[] values = operands.subList(mark, operands.size()).toArray();
        drop(mark);
        return values;
    }

    /** Holds a value until {@link #drop} is called with the result. */
    int hold(@Nullable Object value) {
        operands.add(value);
        return operands.size() - 1;
    }

    int operands() {
        return operands.size();
    }

    void drop(int mark) {
        operands.subList(mark, operands.size()).clear();
    }

    @Nullable
    Object used(@Nullable Object value) {
        lingering.add(value);
        return value;
    }

    int mark() {
        return lingering.size();
    }

    /** The end of a statement: what it has used since the mark goes. */
    void release(int mark) {
        if (mark < lingering.size()) {
            lingering.subList(mark, lingering.size()).clear();
        }
    }

    void holdsStrictly(Collection<@Nullable Object> roots) {
        roots.add(self);
        roots.addAll(locals.values());
        roots.addAll(operands);
    }

    void holdsStill(Collection<@Nullable Object> roots) {
        roots.addAll(lingering);
    }
}
