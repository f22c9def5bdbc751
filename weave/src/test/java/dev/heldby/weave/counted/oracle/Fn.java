// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** A lambda or method reference of the interpreted program; behind a proxy if the interface is one of the JDK. */
final class Fn implements InvocationHandler {
    final TypeMirror type;
    final List<@Nullable Object> captured;
    private final Function<@Nullable Object[], @Nullable Object> body;

    Fn(TypeMirror type, List<@Nullable Object> captured, Function<@Nullable Object[], @Nullable Object> body) {
        this.type = type;
        this.captured = captured;
        this.body = body;
    }

    static @Nullable Fn of(@Nullable Object value) {
        if (value != null && Proxy.isProxyClass(value.getClass())) {
            return (Fn) Proxy.getInvocationHandler(value);
        }
        return value instanceof Fn function ? function : null;
    }

    @Nullable
    Object call(@Nullable Object[] arguments) {
        return body.apply(arguments);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        Object[] all = arguments == null ? new Object[0] : arguments;
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, all);
        }
        return switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == all[0];
            case "toString" -> "lambda";
            default -> call(Arrays.copyOf(all, all.length));
        };
    }
}
