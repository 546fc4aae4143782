package dev.plimsoll.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Keeps the arrows between the rooms of the service.
final class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.plimsoll.server");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.plimsoll.server.(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void roomsDoNotKnowWhoPutsThemTogether() {
        noClasses()
                .that()
                .resideInAPackage("dev.plimsoll.server.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.plimsoll.server")
                .check(OURS);
    }

    @Test
    void onlyOneClassKnowsTheWebServer() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.plimsoll.server.http.HttpServer")
                .and()
                .resideOutsideOfPackage("dev.plimsoll.server.http")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.helidon..")
                .check(OURS);
    }

    @Test
    void timeIsAnInput() {
        noClasses()
                .that()
                .resideInAPackage("dev.plimsoll.server.*..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(OURS);
    }

    @Test
    void everyPackageSaysWhatMayBeNull() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith(NullMarked.class)
                .check(OURS);
    }
}
