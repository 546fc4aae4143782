package dev.plimsoll.policy.license;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.license.LicenseExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The categories of licences.
final class LicenseTableTest {

    @Test
    void everyIdentifierIsOneOfTheSpdxList() {
        assertThat(LicenseTable.KNOWN.identifiers())
                .hasSizeGreaterThan(120)
                .allSatisfy(id -> assertThat(
                                LicenseExpression.parse(id).or(() -> LicenseExpression.parse(id + "-only")))
                        .as(id)
                        .isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "MIT, PERMISSIVE",
        "MIT-CMU, PERMISSIVE",
        "MIT-0, PUBLIC_DOMAIN",
        "Apache-2.0, PERMISSIVE",
        "LGPL-2.1-or-later, WEAK_COPYLEFT",
        "MPL-2.0, WEAK_COPYLEFT",
        "GPL-2.0-only, STRONG_COPYLEFT",
        "GPL-2.0-or-later, STRONG_COPYLEFT",
        "AGPL-3.0-only, NETWORK_COPYLEFT",
        "SSPL-1.0, SOURCE_AVAILABLE",
        "CC-BY-NC-SA-4.0, NON_COMMERCIAL",
        "CC-BY-4.0, PERMISSIVE",
        "CC-BY-ND-4.0, PROPRIETARY",
        "CC0-1.0, PUBLIC_DOMAIN",
        "BSD-3-Clause-LBNL, PERMISSIVE",
        "BSD-Protection, STRONG_COPYLEFT"
    })
    void knowsWhatIsCommonlyMet(String id, LicenseCategory category) {
        assertThat(LicenseTable.KNOWN.category(id)).contains(category);
    }

    @Test
    void whatItDoesNotHaveHasNoCategory() {
        assertThat(LicenseTable.KNOWN.category("Zimbra-9.9")).isEmpty();
        assertThat(LicenseTable.KNOWN.category("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GPL-2.0-only, Classpath-exception-2.0, WEAK_COPYLEFT",
        "GPL-3.0-or-later, GCC-exception-3.1, WEAK_COPYLEFT",
        "GPL-3.0-or-later, Bison-exception-2.2, STRONG_COPYLEFT",
        "Apache-2.0, LLVM-exception, PERMISSIVE",
        "AGPL-3.0-only, Classpath-exception-2.0, NETWORK_COPYLEFT"
    })
    void anExceptionOfLinkingMakesAStrongCopyleftAWeakOne(String id, String exception, LicenseCategory category) {
        assertThat(LicenseTable.KNOWN.category(id, exception)).contains(category);
    }

    @Test
    void knowsLaterVersions() {
        assertThat(LicenseTable.KNOWN.fromVersion("GPL-2.0")).containsExactly("GPL-2.0", "GPL-3.0");
        assertThat(LicenseTable.KNOWN.fromVersion("LGPL-2.0")).containsExactly("LGPL-2.0", "LGPL-2.1", "LGPL-3.0");
        assertThat(LicenseTable.KNOWN.fromVersion("EUPL-1.1")).containsExactly("EUPL-1.1", "EUPL-1.2");
        assertThat(LicenseTable.KNOWN.fromVersion("MIT")).containsExactly("MIT");
        assertThat(LicenseTable.KNOWN.fromVersion("GPL-9.9")).containsExactly("GPL-9.9");
    }
}
