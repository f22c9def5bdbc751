// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes of views, each generated once and known by a prototype. Any thread may call.
 *
 * <p>A view's class must see both the interface and {@link CheckedView}. It is a hidden class beside another one, whose lookup
 * defines it: beside this one, if our class loader knows the interface, or beside the one whose lookup the program gives.
 * Where HeldBy is in a loader further up, as with the agent, which puts it in the bootstrap loader, it is an ordinary class
 * of a class loader of its own under the interface's.
 *
 * <p>A prototype hangs on the class that its view's class lies beside, of whose loader it is, so that it keeps no other
 * loader alive.
 */
final class Views {
    private static final Lookup OURS = MethodHandles.lookup();

    private static final ClassValue<Map<Class<?>, CheckedView>> BESIDE = new ClassValue<>() {
        @Override
        protected Map<Class<?>, CheckedView> computeValue(Class<?> host) {
            return new ConcurrentHashMap<>();
        }
    };

    private Views() {}

    /** A class loader for one class. */
    private static final class Loader extends ClassLoader {
        /** Known to those who strip our frames. */
        static final String NAME = "dev.heldby.handle.GeneratedView";

        Loader(Class<?> type) {
            super(type.getClassLoader());
        }

        Class<?> define(byte[] file) {
            return defineClass(NAME, file, 0, file.length);
        }
    }

    /** Refuses what no view can be made of. */
    static void requireView(Class<?> type, Object target) {
        if (!type.isInterface()) {
            throw new IllegalArgumentException("A view needs an interface, and " + type.getName() + " is a class.");
        }
        if (!type.isInstance(target)) {
            throw new IllegalArgumentException(
                    "The handle's target, a " + target.getClass().getName() + ", does not implement " + type.getName()
                            + ", so that there is no such view of it.");
        }
        if (type.isSealed() || type.isHidden()) {
            throw new IllegalArgumentException("The interface " + type.getName()
                    + " is sealed or hidden, so that no view can" + " implement it; use one that it extends.");
        }
    }

    /** The prototype for a public interface. */
    static CheckedView of(Class<?> type) {
        CheckedView known = BESIDE.get(Views.class).get(type);
        if (known == null) {
            known = BESIDE.get(type).get(type);
        }
        return known == null ? make(type) : known;
    }

    private static CheckedView make(Class<?> type) {
        if (!Modifier.isPublic(type.getModifiers()) || !type.getModule().isExported(type.getPackageName())) {
            throw new IllegalArgumentException("The interface " + type.getName() + " is not a public one in an exported"
                    + " package; call view with a MethodHandles.lookup() of that package as its second argument.");
        }
        if (sees(Views.class, type)) {
            return BESIDE.get(Views.class).computeIfAbsent(type, each -> hidden(each, OURS));
        }
        if (sees(type, CheckedView.class)) {
            return BESIDE.get(type).computeIfAbsent(type, Views::ordinary);
        }
        throw new IllegalArgumentException(
                "The class loaders of " + type.getName() + " and of HeldBy do not know each other;"
                        + " call view with a MethodHandles.lookup() of a class that sees both as its second argument.");
    }

    /** The prototype for an interface that is accessible to that lookup. */
    static CheckedView of(Class<?> type, Lookup lookup) {
        Map<Class<?>, CheckedView> beside = BESIDE.get(lookup.lookupClass());
        CheckedView known = beside.get(type);
        if (known != null) {
            return known;
        }
        requireAccess(type, lookup);
        return beside.computeIfAbsent(type, each -> hidden(each, lookup));
    }

    private static void requireAccess(Class<?> type, Lookup lookup) {
        Class<?> host = lookup.lookupClass();
        if (!lookup.hasFullPrivilegeAccess() || !isAccessible(type, lookup)) {
            throw new IllegalArgumentException(
                    "The interface " + type.getName() + " is not accessible to the lookup " + lookup
                            + "; pass what MethodHandles.lookup() returns when a class of the interface's package calls it.");
        }
        if (!sees(host, type) || !sees(host, CheckedView.class)) {
            throw new IllegalArgumentException(
                    "The class loader of " + host.getName() + ", whose lookup was passed, does not" + " know "
                            + type.getName() + " and HeldBy; pass the lookup of a class that sees both.");
        }
    }

    private static boolean isAccessible(Class<?> type, Lookup lookup) {
        try {
            return lookup.accessClass(type) == type;
        } catch (IllegalAccessException e) {
            return false;
        }
    }

    private static boolean sees(Class<?> host, Class<?> type) {
        try {
            return Class.forName(type.getName(), false, host.getClassLoader()) == type;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static CheckedView hidden(Class<?> type, Lookup lookup) {
        String host = lookup.lookupClass().getPackageName();
        String name = (host.isEmpty() ? "" : host + '.') + type.getSimpleName() + "View";
        try {
            return prototype(lookup.defineHiddenClass(ViewWriter.write(name, type), true));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("A lookup with full access may define classes: " + lookup, e);
        }
    }

    private static CheckedView ordinary(Class<?> type) {
        Class<?> view = new Loader(type).define(ViewWriter.write(Loader.NAME, type));
        return prototype(MethodHandles.publicLookup().in(view));
    }

    private static CheckedView prototype(Lookup view) {
        try {
            MethodType shape = MethodType.methodType(void.class, Handle.class);
            return (CheckedView) view.findConstructor(view.lookupClass(), shape).invoke(null);
        } catch (Throwable e) {
            throw new IllegalStateException("A generated view cannot be made: " + view, e);
        }
    }
}
