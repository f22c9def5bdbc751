// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Fails the test whose own references leaked, or that released or used one that it did not hold.
 *
 * <p>Each test method is a scope from the construction of its instance until all its callbacks have run and its
 * resources are closed; each class is one around those of its methods. Safe for tests that run in parallel.
 *
 * @implNote What belongs to {@code dev.heldby.recording} and its neighbours must not be loaded before the agent is
 *     installed, or the class path's copy would hide the one that woven code reports to. So this class and {@link
 *     AgentInstaller} name none of it, and {@link WatchedScope} is first touched afterwards.
 */
public final class HeldByExtension
        implements BeforeAllCallback, BeforeEachCallback, TestInstancePreConstructCallback, InvocationInterceptor {
    private static final Namespace NAMESPACE = Namespace.create(HeldByExtension.class);

    /** Has the class's static fields made now, so that they are the class's and not its first test's. */
    @Override
    public void beforeAll(ExtensionContext context) throws ClassNotFoundException {
        watch(context);
        nearest(context).initialize(context.getRequiredTestClass());
    }

    /** So that what the test class's constructor makes is the test's own; older JUnits pass the class's context. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factoryContext, ExtensionContext context) {
        watch(context);
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        nearest(context).run(invocation);
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        nearest(context).run(invocation);
    }

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation, ReflectiveInvocationContext<Constructor<T>> constructor, ExtensionContext context)
            throws Throwable {
        return nearest(context).run(invocation);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        watch(context);
    }

    /** Opens the scope, unless it is open; the store closes it with the context, after all callbacks. */
    private static void watch(ExtensionContext context) {
        Store store = context.getStore(NAMESPACE);
        String key = context.getUniqueId();
        if (store.get(key) == null) {
            AgentInstaller.ensureInstalled(name -> context.getConfigurationParameter(name));
            store.put(
                    key,
                    WatchedScope.open(
                            context,
                            context.getParent().map(HeldByExtension::nearest).orElse(null)));
        }
    }

    /** The scope of that context or of the nearest one around it that has one, or null. */
    private static WatchedScope nearest(ExtensionContext context) {
        Object scope = context.getStore(NAMESPACE).get(context.getUniqueId());
        return scope != null
                ? (WatchedScope) scope
                : context.getParent().map(HeldByExtension::nearest).orElse(null);
    }
}
