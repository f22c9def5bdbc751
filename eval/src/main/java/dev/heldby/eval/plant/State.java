// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

/** Reads whether an object is open, in whatever way its class tells, and gives it a release. */
final class State {
    /** Methods that give back one reference, most exact first. */
    private static final List<String> RELEASES = List.of("release", "decRef", "close", "end");

    private static final List<String> COUNTS = List.of("refCnt", "getRefCount");

    private State() {}

    /** Whether a release, made now, changes the object. */
    static boolean takesARelease(Object object) {
        try {
            long before = references(object);
            if (before <= 0) {
                return false;
            }
            release(object);
            return references(object) < before;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }

    static boolean canBeAsked(Object object) {
        try {
            return references(object) >= 0;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }

    /** The count; one for open and zero for closed where there is none; -1 where nothing can be known. */
    static long references(Object object) throws ReflectiveOperationException {
        for (String name : COUNTS) {
            Object count = ask(object, name);
            if (count instanceof Number number) {
                return number.longValue();
            }
        }
        if (ask(object, "isOpen") instanceof Boolean open) {
            return open ? 1 : 0;
        }
        if (ask(object, "isClosed") instanceof Boolean closed) {
            return closed ? 0 : 1;
        }
        return stream(object);
    }

    private static long stream(Object object) {
        try {
            if (object instanceof FileInputStream in) {
                return in.getFD().valid() ? 1 : 0;
            } else if (object instanceof FileOutputStream out) {
                return out.getFD().valid() ? 1 : 0;
            } else if (object instanceof RandomAccessFile file) {
                return file.getFD().valid() ? 1 : 0;
            } else if (object instanceof InputStream in) {
                return in.available() >= 0 ? 1 : 0;
            } else if (object instanceof Reader reader) {
                return reader.ready() || !reader.ready() ? 1 : 0;
            }
            return -1;
        } catch (java.io.IOException e) {
            return 0;
        }
    }

    private static void release(Object object) throws ReflectiveOperationException {
        for (String name : RELEASES) {
            Method method = method(object.getClass(), name);
            if (method != null) {
                method.invoke(object);
                return;
            }
        }
    }

    private static Object ask(Object object, String name) throws ReflectiveOperationException {
        Method method = method(object.getClass(), name);
        try {
            return method == null ? null : method.invoke(object);
        } catch (InvocationTargetException e) {
            return null;
        }
    }

    /** A public method without parameters, of the class or of a public type above it. */
    private static Method method(Class<?> type, String name) {
        if (type == null) {
            return null;
        }
        try {
            Method method = type.getMethod(name);
            if (method.trySetAccessible()) {
                return method;
            }
        } catch (NoSuchMethodException e) {
            return null;
        }
        for (Class<?> above : type.getInterfaces()) {
            Method method = method(above, name);
            if (method != null) {
                return method;
            }
        }
        return method(type.getSuperclass(), name);
    }
}
