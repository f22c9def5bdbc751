// SPDX-License-Identifier: Apache-2.0
package dev.heldby.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * The agent's jar as it must be for a JVM that runs already.
 *
 * <p>By its manifest the JVM appends the jar to the boot class path before the agent is called. In a program that has loaded a
 * part of the tracking library from its own class path the rest would then come from there, and nothing would fit together.
 * Without that attribute the agent looks round first, and appends its jar itself. Here because the command and the JUnit
 * extension both carry the jar, and share nothing else that is not in it.
 */
public final class AgentJar {
    private AgentJar() {}

    /** The same jar, without that attribute. Equal bytes make equal bytes. */
    public static byte[] forAttaching(byte[] agent) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(agent.length);
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(agent));
                JarOutputStream out = new JarOutputStream(bytes)) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().remove(new Attributes.Name("Boot-Class-Path"));
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            manifest.write(text);
            add(out, JarFile.MANIFEST_NAME, new ByteArrayInputStream(text.toByteArray()));
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                add(out, entry.getName(), in);
            }
        }
        return bytes.toByteArray();
    }

    private static void add(JarOutputStream out, String name, InputStream content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        out.putNextEntry(entry);
        content.transferTo(out);
    }
}
