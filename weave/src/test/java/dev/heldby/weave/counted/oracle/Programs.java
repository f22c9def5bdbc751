// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import dev.heldby.weave.counted.ClassFiles;
import dev.heldby.weave.counted.CountedWeaver;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** Runs many generated programs, woven, and compares each with the oracle. Several threads, one compiler each. */
final class Programs {
    private static final int BATCH = 100;
    private static final int SHOWN = 20;

    /** A program that does not do what is expected of it. */
    record Failure(Program program, List<Divergence> divergences) {
        /** The first divergence in a sentence, and the source. */
        String sentence() {
            return "Program " + program.name() + ": " + divergences.get(0).sentence() + ".";
        }
    }

    /** How many programs ran, and which of them failed. */
    record Summary(int programs, List<Failure> failures) {
        long count(Divergence.Kind kind) {
            return failures.stream()
                    .filter(failure -> failure.divergences.stream().anyMatch(each -> each.kind() == kind))
                    .count();
        }

        @Override
        public String toString() {
            Map<Divergence.Kind, Long> counts = new EnumMap<>(Divergence.Kind.class);
            for (Divergence.Kind kind : Divergence.Kind.values()) {
                counts.put(kind, count(kind));
            }
            return "%d programs: %d early, %d late, %d leaked, %d destroyed twice, %d used after, %d behave otherwise, %d hung, %d weave failures, %d verify errors"
                    .formatted(prefixed(counts));
        }

        private Object[] prefixed(Map<Divergence.Kind, Long> counts) {
            List<Object> all = new ArrayList<>(counts.values());
            all.add(0, programs);
            return all.toArray();
        }
    }

    private final UnaryOperator<Map<String, byte[]>> weaver;

    Programs(UnaryOperator<Map<String, byte[]>> weaver) {
        this.weaver = weaver;
    }

    /** With the weaver of counted types; a class that it leaves as it was is a failure. */
    static Programs woven() {
        ClassFiles outside = new ClassFiles(Programs.class.getClassLoader());
        return new Programs(classes -> {
            CountedWeaver.Woven woven = CountedWeaver.weave(classes, Map.of(), outside);
            if (!woven.troubles().isEmpty()) {
                throw new IllegalStateException(woven.troubles().get(0));
            }
            return woven.classes();
        });
    }

    /** Those of so many seeds. */
    Summary run(long first, int count, LongFunction<Program> source) {
        List<Failure> failures = LongStream.range(0, (count + BATCH - 1) / BATCH)
                .parallel()
                .mapToObj(batch -> LongStream.range(batch * BATCH, Math.min(count, (batch + 1) * BATCH))
                        .mapToObj(offset -> source.apply(first + offset))
                        .toList())
                .flatMap(programs -> failures(programs).stream())
                .toList();
        return new Summary(count, failures);
    }

    private List<Failure> failures(List<Program> programs) {
        try (Compiler compiler = new Compiler()) {
            return compiler.compile(programs).stream()
                    .map(each -> new Failure(each.program(), divergences(each)))
                    .filter(each -> !each.divergences.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with the woven program; nothing if all is as expected. */
    List<Divergence> divergences(Compiled program) {
        Map<String, byte[]> woven;
        try {
            woven = weaver.apply(program.classes());
        } catch (RuntimeException | LinkageError e) {
            return List.of(new Divergence(Divergence.Kind.WEAVING, "the weaver throws " + e));
        }
        Sandbox.Result result = Sandbox.run(program.program().name() + ".Main", woven);
        if (result.trouble() != null) {
            return List.of(result.trouble());
        }
        return program.program().race()
                ? Judge.race(result.run())
                : Judge.judge(program.interpreter().execute("Main"), result.run());
    }

    /** {@code FIRST COUNT [STAGES]}: the seeds, and what their programs may contain, such as {@code ABC}; or {@code races}. */
    public static void main(String[] arguments) {
        long first = Long.parseLong(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        String stages = arguments.length > 2 ? arguments[2] : "ABCDEF";
        PrintStream out = System.out;
        Programs programs = woven();
        Summary summary = programs.run(first, count, source(stages));
        summary.failures().stream().limit(SHOWN).forEach(each -> out.println(each.sentence()));
        if (summary.failures().size() > SHOWN) {
            out.println("... and " + (summary.failures().size() - SHOWN) + " more programs.");
        }
        for (Divergence.Kind kind : Divergence.Kind.values()) {
            summary.failures().stream()
                    .filter(each -> each.divergences.get(0).kind() == kind)
                    .findFirst()
                    .ifPresent(each -> out.println(programs.explain(each)));
        }
        out.println(summary);
    }

    /** The failure with the shortest source that fails as it does. */
    String explain(Failure failure) {
        Divergence.Kind kind = failure.divergences.get(0).kind();
        try (Compiler compiler = new Compiler()) {
            Reducer reducer = new Reducer(compiler, each -> {
                List<Divergence> found = divergences(each);
                return !found.isEmpty() && found.get(0).kind() == kind;
            });
            Program reduced = reducer.reduce(failure.program);
            List<Divergence> divergences = divergences(compiler.compile(reduced));
            return divergences.isEmpty()
                    ? failure.sentence() + "\n" + failure.program.source()
                    : new Failure(reduced, divergences).sentence() + "\n" + reduced.source();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LongFunction<Program> source(String stages) {
        if (stages.equals("races")) {
            return Races::program;
        }
        Set<Stage> set = Stage.of(stages);
        return seed -> Generator.program(seed, set);
    }
}
