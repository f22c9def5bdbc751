// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import dev.heldby.analysis.ExperienceFile;
import dev.heldby.recording.ScopeWatch;
import dev.heldby.snapshot.Healthy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What earlier test runs taught of objects that ended well, if a file for it is named. It is read once, before the first watched
 * test of the JVM. What this JVM's tests taught is added once, when the JVM ends. Any thread may call.
 */
final class Model {
    private static final String PARAMETER = "heldby.model";

    private static List<Healthy> learnt;

    private Model() {}

    /**
     * Nothing, if no file is named or there is none yet.
     *
     * @throws ExtensionConfigurationException with a sentence, if it cannot be read
     */
    static synchronized List<Healthy> learnt(ExtensionContext context) {
        if (learnt == null) {
            learnt = context.getConfigurationParameter(PARAMETER)
                    .map(name -> read(new ExperienceFile(Path.of(name).toAbsolutePath())))
                    .orElse(List.of());
        }
        return learnt;
    }

    private static List<Healthy> read(ExperienceFile file) {
        try {
            List<Healthy> known = file.read();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> add(file), "HeldBy model"));
            return known;
        } catch (IOException e) {
            throw new ExtensionConfigurationException(
                    "HeldBy cannot start from the model that " + PARAMETER + " names: " + e.getMessage(), e);
        }
    }

    private static void add(ExperienceFile file) {
        try {
            file.add(ScopeWatch.installed().learnt());
        } catch (IOException e) {
            System.err.println("HeldBy: the model could not be written to '" + file.path() + "' (" + e + ").");
        }
    }
}
