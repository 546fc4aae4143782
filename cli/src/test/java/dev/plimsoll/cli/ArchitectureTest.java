package dev.plimsoll.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Keeps the arrows between the rooms as docs/architecture.md draws them.
final class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // builders for tests that other modules share come in a jar of their own
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.plimsoll");

    /// What each module may use of ours, itself apart.
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("json", List.of()),
            Map.entry("purl", List.of()),
            Map.entry("versions", List.of("purl")),
            Map.entry("sqlite", List.of()),
            Map.entry("image", List.of("json")),
            Map.entry("inventory", List.of("json", "purl", "sqlite", "image")),
            Map.entry("advisory", List.of("json", "purl", "versions", "sqlite")),
            Map.entry("matching", List.of("purl", "versions", "inventory", "advisory")),
            Map.entry("policy", List.of("json", "purl", "versions", "image", "inventory", "advisory", "matching")),
            Map.entry(
                    "report",
                    List.of("json", "purl", "versions", "image", "inventory", "advisory", "matching", "policy")),
            Map.entry(
                    "cli",
                    List.of(
                            "json",
                            "purl",
                            "versions",
                            "image",
                            "inventory",
                            "advisory",
                            "matching",
                            "policy",
                            "report")));

    @Test
    void knowsEveryModule() {
        assertThat(OURS.stream().map(ArchitectureTest::module).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
    }

    @Test
    void modulesUseOnlyWhatLiesBeneathThem() {
        ARROWS.forEach((module, mayUse) -> {
            var forbidden = new ArrayList<String>();
            for (var other : ARROWS.keySet()) {
                if (!other.equals(module) && !mayUse.contains(other)) {
                    forbidden.add("dev.plimsoll." + other + "..");
                }
            }
            noClasses()
                    .that()
                    .resideInAPackage("dev.plimsoll." + module + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden.toArray(String[]::new))
                    .because("data flows one way only: see docs/architecture.md")
                    .check(OURS);
        });
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.plimsoll.(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void judgingKnowsNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.plimsoll.versions..",
                        "dev.plimsoll.inventory..",
                        "dev.plimsoll.matching..",
                        "dev.plimsoll.policy..",
                        "dev.plimsoll.report..")
                .should()
                .callMethodWhere(asksTheClock())
                .because("the same inputs must give the same bytes: time is an input (design, law 3)")
                .check(OURS);
    }

    @Test
    void judgingAsksNothingOfTheMachine() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.plimsoll.versions..",
                        "dev.plimsoll.purl..",
                        "dev.plimsoll.matching..",
                        "dev.plimsoll.policy..",
                        "dev.plimsoll.report..")
                .should()
                .callMethodWhere(asksTheMachine())
                .because("no locale, time zone, variable or chance may leak into a result (design, law 3)")
                .check(OURS);
    }

    @Test
    void everyPackageSaysWhatMayBeNull() {
        var silent = OURS.stream()
                .map(JavaClass::getPackage)
                .filter(owner -> !owner.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .distinct()
                .toList();
        assertThat(silent).isEmpty();
    }

    @Test
    void aScanNeverLoadsTheDatabaseDriver() {
        classes()
                .that(usesDriver())
                .should()
                .resideInAPackage("dev.plimsoll.advisory.build..")
                .because("opening it costs half a second and unpacks a native library; only building needs it")
                .check(OURS);
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> asksTheClock() {
        return DescribedPredicate.describe("ask the clock", call -> {
            var owner = call.getTargetOwner().getName();
            var name = call.getName();
            var now = name.equals("now")
                    && owner.startsWith("java.time.")
                    && call.getTarget().getRawParameterTypes().isEmpty();
            return now || (owner.equals("java.lang.System") && name.equals("currentTimeMillis"));
        });
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> asksTheMachine() {
        return DescribedPredicate.describe("ask the machine", call -> {
            var owner = call.getTargetOwner().getName();
            var name = call.getName();
            return switch (owner) {
                case "java.util.Locale", "java.util.TimeZone" -> name.equals("getDefault");
                case "java.time.ZoneId" -> name.equals("systemDefault");
                case "java.nio.charset.Charset" -> name.equals("defaultCharset");
                case "java.lang.System" -> name.equals("getenv") || name.equals("getProperty");
                case "java.lang.Math" -> name.equals("random");
                case "java.util.UUID" -> name.equals("randomUUID");
                default -> false;
            };
        });
    }

    private static DescribedPredicate<JavaClass> usesDriver() {
        return DescribedPredicate.describe(
                "use JDBC",
                type -> type.getDirectDependenciesFromSelf().stream().anyMatch(dependency -> {
                    var name = dependency.getTargetClass().getPackageName();
                    return name.startsWith("java.sql") || name.startsWith("org.sqlite");
                }));
    }

    private static String module(JavaClass type) {
        return type.getPackageName().split("\\.", -1)[2];
    }
}
