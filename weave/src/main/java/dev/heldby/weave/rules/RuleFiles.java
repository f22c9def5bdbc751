// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.rules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rule files that come with HeldBy, and those of the user's own. */
public final class RuleFiles {
    private static final List<String> BUILT_IN =
            List.of("netty.rules", "jdk.rules", "memory.rules", "rocksdb.rules", "zstd.rules");

    private RuleFiles() {}

    /** The rules that are in force unless switched off, and those that are off unless asked for. */
    public static List<Rule> builtIn() {
        List<Rule> rules = new ArrayList<>();
        for (String name : BUILT_IN) {
            rules.addAll(resource(name));
        }
        return List.copyOf(rules);
    }

    private static List<Rule> resource(String name) {
        try (InputStream in = RuleFiles.class.getResourceAsStream(name)) {
            return new RuleParser(name)
                    .parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        } catch (IOException | RuleSyntaxException e) {
            throw new IllegalStateException("A built-in rule file is broken: " + e.getMessage(), e);
        }
    }

    /**
     * The rules of a file.
     *
     * @throws IOException with a sentence, if it can't be read
     * @throws RuleSyntaxException with a sentence that names the line, if it can't be understood
     */
    public static List<Rule> read(Path file) throws IOException, RuleSyntaxException {
        try {
            return new RuleParser(file.toString()).parse(Files.readAllLines(file));
        } catch (CharacterCodingException e) {
            throw new IOException("The rule file \"" + file + "\" is not UTF-8 text.", e);
        } catch (IOException e) {
            throw new IOException("The rule file \"" + file + "\" cannot be read: " + reason(file) + ".", e);
        }
    }

    private static String reason(Path file) {
        return Files.exists(file)
                ? Files.isDirectory(file) ? "it is a folder" : "access was refused"
                : "it does not exist";
    }
}
