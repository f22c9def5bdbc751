// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;

/** Has the JDK open and keep many files of its own: class loaders, URL caches, zip file systems, services, modules. */
public final class ManyJars {
    private static final List<ClassLoader> LOADERS = new ArrayList<>();

    private ManyJars() {}

    public static void main(String[] args) throws Exception {
        for (int i = 0; i < 30; i++) {
            Path jar = jar(i);
            loaded(jar, i);
            readByUrl(jar);
            readAsFileSystem(jar);
        }
        for (Object resource : Collections.list(ManyJars.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
            try (InputStream in = ((URL) resource).openStream()) {
                in.readAllBytes();
            }
        }
        ServiceLoader.load(ToolProvider.class).forEach(ToolProvider::name);
        new SecureRandom().nextInt();
        SecureRandom.getInstance("SHA1PRNG").nextInt();
        Class.forName("io.netty.buffer.Unpooled");
        java.time.ZonedDateTime.now(java.time.ZoneId.of("Europe/Rome"));
        String.class.getModule().getResourceAsStream("java/lang/String.class").close();
        loggers();
    }

    private static Path jar(int number) throws IOException {
        Path jar = Files.createTempFile("many", ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("name" + number + ".txt"));
            out.write("content ".repeat(1000).getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    /* Dropped without close every other time, as most programs do. */
    private static void loaded(Path jar, int number) throws IOException {
        URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
        try (InputStream in = loader.getResourceAsStream("name" + number + ".txt")) {
            in.readAllBytes();
        }
        if (number % 2 == 0) {
            LOADERS.add(loader);
        }
    }

    private static void readByUrl(Path jar) throws IOException {
        JarURLConnection connection = (JarURLConnection)
                URI.create("jar:" + jar.toUri() + "!/").toURL().openConnection();
        connection.getJarFile().size();
    }

    private static void readAsFileSystem(Path jar) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            for (Path root : files.getRootDirectories()) {
                try (var list = Files.list(root)) {
                    for (Path path : list.toList()) {
                        Files.readAllBytes(path);
                    }
                }
            }
        }
    }

    private static void loggers() throws IOException {
        java.util.logging.FileHandler handler = new java.util.logging.FileHandler(
                Files.createTempFile("log", ".txt").toString());
        java.util.logging.Logger.getLogger("many").addHandler(handler);
    }
}
