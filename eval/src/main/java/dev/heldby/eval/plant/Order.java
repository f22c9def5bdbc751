// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * What the agent is asked to do in one run; a properties file carries it.
 *
 * @param out where to write what happened, when the program ends
 * @param calls names of the lists of calls
 * @param plant null for a census
 * @param hold whether the spoilt objects are kept, to ask them at the end whether the defect had an effect
 * @param collect whether to collect garbage every second, for detectors that live on it
 */
public record Order(Path out, List<String> calls, Plant plant, boolean hold, boolean collect) {

    /**
     * The one defect.
     *
     * @param site where, as {@link CallSite#id} has it
     * @param rate the share of the executions that are spoilt
     * @param seed of the generator that chooses them
     */
    public record Plant(String site, Kind kind, double rate, long seed) {}

    static Order read(Path file) throws IOException {
        Properties words = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            words.load(in);
        }
        String site = words.getProperty("site");
        Plant plant = site == null
                ? null
                : new Plant(
                        site,
                        Kind.valueOf(words.getProperty("kind")),
                        Double.parseDouble(words.getProperty("rate")),
                        Long.parseLong(words.getProperty("seed")));
        return new Order(
                Path.of(words.getProperty("out")),
                List.of(words.getProperty("calls").split(",")),
                plant,
                Boolean.parseBoolean(words.getProperty("hold")),
                Boolean.parseBoolean(words.getProperty("collect")));
    }

    /** Writes the file for {@link #read}. */
    public void write(Path file) throws IOException {
        Properties words = new Properties();
        words.setProperty("out", out.toString());
        words.setProperty("calls", String.join(",", calls));
        words.setProperty("hold", Boolean.toString(hold));
        words.setProperty("collect", Boolean.toString(collect));
        if (plant != null) {
            words.setProperty("site", plant.site());
            words.setProperty("kind", plant.kind().name());
            words.setProperty("rate", Double.toString(plant.rate()));
            words.setProperty("seed", Long.toString(plant.seed()));
        }
        try (Writer writer = Files.newBufferedWriter(file)) {
            words.store(writer, null);
        }
    }
}
