// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every dependency points toward core, and no packages need each other. */
class ArrowsTest {
    private static final List<String> MODULES = List.of("core", "weave", "agent", "analysis", "report", "junit", "cli");

    private static JavaClasses all;

    /** Read from the modules' own folders: the agent's jar holds copies of some of them with other names inside. */
    @BeforeAll
    static void read_the_classes() {
        Path root = Path.of("").toAbsolutePath().getParent();
        List<Path> folders = Stream.of(MODULES.toArray(String[]::new))
                .map(module -> root.resolve(module).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
        all = new ClassFileImporter().importPaths(folders);
    }

    @Test
    void should_point_all_dependencies_toward_core() {
        LayeredArchitecture arrows = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.heldby..")
                .withOptionalLayers(true);
        arrows.layer("weave")
                .definedBy("dev.heldby.weave..")
                .layer("agent")
                .definedBy("dev.heldby.agent..")
                .layer("analysis")
                .definedBy("dev.heldby.analysis..")
                .layer("report")
                .definedBy("dev.heldby.report..")
                .layer("junit")
                .definedBy("dev.heldby.junit..")
                .layer("cli")
                .definedBy("dev.heldby.cli..")
                .whereLayer("weave")
                .mayOnlyBeAccessedByLayers("agent", "cli")
                .whereLayer("agent")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("analysis")
                .mayOnlyBeAccessedByLayers("report", "junit", "cli")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("junit", "cli")
                .whereLayer("junit")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .check(all);
    }

    @Test
    void should_let_core_depend_on_nothing_but_the_jdk() {
        classes()
                .that()
                .resideOutsideOfPackages(
                        "dev.heldby.weave..",
                        "dev.heldby.agent..",
                        "dev.heldby.analysis..",
                        "dev.heldby.report..",
                        "dev.heldby.junit..",
                        "dev.heldby.cli..")
                .should()
                .onlyDependOnClassesThat()
                // The annotations are there for the compiler alone and need no jar when the program runs.
                .resideInAnyPackage(
                        "dev.heldby..",
                        "java..",
                        "javax..",
                        "jdk.jfr..",
                        "com.sun.management..",
                        "sun.misc..",
                        "org.jspecify.annotations..")
                .check(all);
    }

    @Test
    void should_have_no_packages_that_need_each_other() {
        slices().matching("(dev.heldby..)").should().beFreeOfCycles().check(all);
    }
}
