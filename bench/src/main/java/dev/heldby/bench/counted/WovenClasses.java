// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench.counted;

import dev.heldby.weave.counted.CountedWeaver;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Classes of this jar as the weaver of counted types makes them. */
final class WovenClasses extends ClassLoader {
    private final Map<String, byte[]> woven;

    private WovenClasses(Map<String, byte[]> woven) {
        super(WovenClasses.class.getClassLoader());
        this.woven = woven;
    }

    /** A new object of that class, woven together with those others, which share its counted objects. */
    static <T> T make(Class<T> type, Class<? extends T> name, Class<?>... others) {
        Map<String, byte[]> classes = new HashMap<>();
        add(name, classes);
        for (Class<?> other : others) {
            add(other, classes);
        }
        try {
            var constructor = new WovenClasses(CountedWeaver.weave(classes))
                    .loadClass(name.getName())
                    .getDeclaredConstructor();
            constructor.setAccessible(true);
            return type.cast(constructor.newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(Class<?> type, Map<String, byte[]> classes) {
        String name = type.getName().replace('.', '/');
        try (InputStream in = WovenClasses.class.getResourceAsStream("/" + name + ".class")) {
            classes.put(name, in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        byte[] bytes = woven.get(name.replace('.', '/'));
        synchronized (getClassLoadingLock(name)) {
            return bytes == null || findLoadedClass(name) != null
                    ? super.loadClass(name, resolve)
                    : defineClass(name, bytes, 0, bytes.length);
        }
    }
}
