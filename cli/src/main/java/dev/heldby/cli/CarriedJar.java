// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.report.AgentJar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A jar inside this one, for JVMs that need it as a file.
 *
 * <p>It is written once, into a folder of the user's own that is named by its content: another version goes elsewhere, and
 * a JVM that still has the old one open is not disturbed. Two processes that write it at once write the same bytes, and
 * each moves its own into place whole.
 */
enum CarriedJar {
    AGENT("heldby-agent.jar", "heldby-agent.jar"),
    /** For a JVM that runs already. */
    ATTACHED_AGENT("heldby-agent.jar", "heldby-attached.jar") {
        @Override
        byte[] made(byte[] carried) throws IOException {
            return AgentJar.forAttaching(carried);
        }
    },
    EXAMPLES("heldby-examples.jar", "heldby-examples.jar");

    private final String resource;
    private final String fileName;

    CarriedJar(String resource, String fileName) {
        this.resource = resource;
        this.fileName = fileName;
    }

    byte[] made(byte[] carried) throws IOException {
        return carried;
    }

    /** The file, written now if it is not there yet. */
    Path file() throws Failure {
        return file(folder());
    }

    Path file(Path folder) throws Failure {
        byte[] content = content();
        Path file = folder.resolve(hash(content)).resolve(fileName);
        try {
            if (!Files.isRegularFile(file) || !Arrays.equals(content, Files.readAllBytes(file))) {
                Files.createDirectories(file.getParent());
                Path part = Files.createTempFile(file.getParent(), fileName, ".part");
                Files.write(part, content);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return file;
        } catch (IOException e) {
            throw Failure.failed(
                    "'" + file + "' could not be written: " + Reason.of(e)
                            + "; name another folder with the environment variable HELDBY_CACHE.",
                    e);
        }
    }

    private byte[] content() throws Failure {
        try (InputStream in = CarriedJar.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw Failure.failed("this copy of HeldBy does not carry '" + resource
                        + "'; build it whole with './mvnw -DskipTests package -pl cli -am'.");
            }
            return made(in.readAllBytes());
        } catch (IOException e) {
            throw Failure.failed(
                    "'" + resource + "' could not be read from HeldBy's own jar: " + Reason.of(e) + ".", e);
        }
    }

    private static Path folder() {
        String named = System.getenv("HELDBY_CACHE");
        if (named != null) {
            return Path.of(named);
        }
        String local = System.getenv("LOCALAPPDATA");
        if (local != null) {
            return Path.of(local, "heldby", "cache");
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        return cache != null ? Path.of(cache, "heldby") : Path.of(System.getProperty("user.home"), ".cache", "heldby");
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
