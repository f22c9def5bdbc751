// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The class loader of one program: it has a {@link T} of its own. */
final class Sandbox extends ClassLoader {
    private static final long LONGEST_MILLIS = 10_000;
    private static final byte[] PROBE = probe();

    /** A run, and what is wrong with it beside what it recorded. */
    record Result(Run run, @Nullable Divergence trouble) {}

    private final Map<String, byte[]> classes = new HashMap<>();

    private Sandbox(Map<String, byte[]> program) {
        super(Sandbox.class.getClassLoader());
        program.forEach((name, bytes) -> classes.put(name.replace('/', '.'), bytes));
        classes.put(T.class.getName(), PROBE);
    }

    private static byte[] probe() {
        try (InputStream in = T.class.getResourceAsStream("T.class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Runs {@code main()} of that class, and one step more when it has returned. */
    static Result run(String main, Map<String, byte[]> program) {
        Sandbox sandbox = new Sandbox(program);
        Run run = sandbox.record();
        AtomicReference<Divergence> trouble = new AtomicReference<>();
        Thread thread = new Thread(() -> trouble.set(sandbox.run(main)), main);
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(LONGEST_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            return new Result(run, new Divergence(Divergence.Kind.HUNG, "it has not ended after 10 s"));
        }
        run.step(0);
        return new Result(run, trouble.get());
    }

    private Run record() {
        try {
            return (Run) loadClass(T.class.getName()).getField("RUN").get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private @Nullable Divergence run(String main) {
        try {
            Method method = loadClass(main).getDeclaredMethod("main");
            method.setAccessible(true);
            method.invoke(null);
            return null;
        } catch (InvocationTargetException e) {
            return trouble(e.getCause());
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return trouble(e);
        }
    }

    private static Divergence trouble(Throwable cause) {
        return new Divergence(
                cause instanceof VerifyError || cause instanceof ClassFormatError
                        ? Divergence.Kind.VERIFYING
                        : Divergence.Kind.BEHAVIOUR,
                "it throws " + cause + " at " + (cause.getStackTrace().length == 0 ? "?" : cause.getStackTrace()[0]));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        synchronized (getClassLoadingLock(name)) {
            if (bytes == null || findLoadedClass(name) != null) {
                return super.loadClass(name, resolve);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
