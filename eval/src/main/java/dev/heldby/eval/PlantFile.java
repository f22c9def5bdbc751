// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the planter wrote at the end of a run.
 *
 * @param open objects that still lacked the release; zero where none were kept
 * @param mute objects that cannot be asked
 * @param unended lives of any object that were never given back to the end
 * @param unreturned what was left open, as far as counting shows which reference it was
 * @param refusals the distinct stacks of the exceptions that said that no reference was left
 */
record PlantFile(
        long reached,
        long spoilt,
        long firstAt,
        long open,
        long mute,
        long unended,
        long refused,
        List<List<Place>> refusals,
        List<Unreturned> unreturned) {

    /** References that were never given back, and the frames that decided to take them. */
    record Unreturned(long count, List<Place> takenAt) {
        static Unreturned parse(String[] words) {
            return new Unreturned(Long.parseLong(words[1]), Place.parseAll(words[2]));
        }
    }

    static final PlantFile NONE = new PlantFile(0, 0, 0, 0, 0, 0, 0, List.of(), List.of());

    /** Nothing has happened if the program was killed before it could write. */
    static PlantFile read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return NONE;
        }
        long[] numbers = new long[7];
        List<List<Place>> refusals = new ArrayList<>();
        List<Unreturned> unreturned = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split("\t", -1);
            int number = List.of("reached", "spoilt", "firstAt", "open", "mute", "unended", "refused")
                    .indexOf(words[0]);
            if (number >= 0) {
                numbers[number] = Long.parseLong(words[1]);
            } else if (words[0].equals("refusal")) {
                refusals.add(Place.parseAll(words[1]));
            } else if (words[0].equals("unreturned")) {
                unreturned.add(Unreturned.parse(words));
            }
        }
        return new PlantFile(
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                numbers[6],
                refusals,
                unreturned);
    }
}
