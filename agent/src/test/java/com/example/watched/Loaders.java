// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** Runs {@link OneLeak} in a class loader like a container's; the second argument is its class path. */
public final class Loaders {
    private static ClassLoader kept;

    private Loaders() {}

    public static void main(String[] args) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : args[1].split(File.pathSeparator)) {
            urls.add(new File(entry).toURI().toURL());
        }
        URL[] path = urls.toArray(URL[]::new);
        kept = args[0].equals("parentLast") ? new ParentLast(path) : new OnlyJava(path);
        kept.loadClass(OneLeak.class.getName()).getMethod("run").invoke(null);
        try {
            Class<?> own = kept.loadClass("dev.heldby.recording.Probes");
            System.out.println("recorder of " + own.getClassLoader().getName());
        } catch (ClassNotFoundException e) {
            System.out.println("no recorder");
        }
    }

    /** Looks in its own jars first, as a servlet container's does. */
    private static final class ParentLast extends URLClassLoader {
        ParentLast(URL[] urls) {
            super("container", urls, Loaders.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                try {
                    return name.startsWith("java.") ? super.loadClass(name, resolve) : findClass(name);
                } catch (ClassNotFoundException e) {
                    return super.loadClass(name, resolve);
                }
            }
        }
    }

    /** Hands on nothing but the JDK's API, as an OSGi bundle's does. */
    private static final class OnlyJava extends URLClassLoader {
        OnlyJava(URL[] urls) {
            super("bundle", urls, ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                boolean api = name.matches("(java|javax|sun)\\..*");
                return api ? super.loadClass(name, resolve) : findClass(name);
            }
        }
    }
}
