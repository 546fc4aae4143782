package dev.plimsoll.inventory.license;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Expressions and names. What a name means is its ecosystem's word, noted beside the row.
final class LicensingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MIT | MIT",
                "mit or apache-2.0 | MIT OR Apache-2.0",
                "(MIT) | MIT",
                "MIT AND (Apache-2.0 OR ISC) | MIT AND (Apache-2.0 OR ISC)",
                "MIT AND Apache-2.0 OR ISC | MIT AND Apache-2.0 OR ISC",
                "(MIT AND Apache-2.0) OR ISC | MIT AND Apache-2.0 OR ISC",
                "((MIT OR ISC) OR MIT) | MIT OR ISC",
                "GPL-2.0 | GPL-2.0-only",
                "GPL-2.0+ | GPL-2.0-or-later",
                "GPL-2.0-or-later WITH classpath-exception-2.0 | GPL-2.0-or-later WITH Classpath-exception-2.0",
                "GPL-2.0-with-classpath-exception | GPL-2.0-only WITH Classpath-exception-2.0",
                "Apache-1.1+ | Apache-1.1+",
                "LicenseRef-a AND DocumentRef-x:LicenseRef-b | LicenseRef-a AND DocumentRef-x:LicenseRef-b",
                "GFDL-1.3 | GFDL-1.3-only",
            })
    void readsExpressions(String text, String expected) {
        assertThat(LicenseExpression.parse(text))
                .map(LicenseExpression::toString)
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MIT OR",
                "OR MIT",
                "MIT ISC",
                "(MIT",
                "MIT)",
                "()",
                "MIT WITH",
                "MIT WITH MIT",
                "No-Such",
                "MIT AND Fnord",
                "LicenseRef-",
                "LicenseRef-a/b"
            })
    void refusesWhatIsNone(String text) {
        assertThat(LicenseExpression.parse(text)).isEmpty();
    }

    @Test
    void parenthesesHaveALimit() {
        assertThat(LicenseExpression.parse("(".repeat(50) + "MIT" + ")".repeat(50)))
                .isPresent();
        assertThat(LicenseExpression.parse("(".repeat(51) + "MIT" + ")".repeat(51)))
                .isEmpty();
        assertThat(LicenseExpression.parse("MIT AND ".repeat(3000) + "MIT")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Debian's short names
                "GPL-2+ | GPL-2.0-or-later",
                "GPL-2 | GPL-2.0-only",
                "LGPL-2.1+ | LGPL-2.1-or-later",
                "Expat | MIT",
                "BSD-3-clause | BSD-3-Clause",
                "Artistic or GPL-1+ | Artistic-1.0-Perl OR GPL-1.0-or-later",
                "GFDL-NIV-1.3+ | GFDL-1.3-no-invariants-or-later",
                "GPL-2+ with Libtool exception | GPL-2.0-or-later WITH Libtool-exception",
                "GPL-2+ with texinfo exception | GPL-2.0-or-later WITH Texinfo-exception",
                "GPL-3+ with Bison-2.2 exception | GPL-3.0-or-later WITH Bison-exception-2.2",
                "GPL-3+ with Autoconf-data exception | GPL-3.0-or-later WITH Autoconf-exception-generic",
                "GPL-2 with Linux-syscall-note exception | GPL-2.0-only WITH Linux-syscall-note",
                "Apache-2.0 with LLVM exception | Apache-2.0 WITH LLVM-exception",
                "GPL-2+ with Font exception | GPL-2.0-or-later WITH Font-exception-2.0",
                "GPL with Classpath exception | GPL-1.0-or-later WITH Classpath-exception-2.0",
                "MIT and GPL-2+ with Libtool exception | MIT AND GPL-2.0-or-later WITH Libtool-exception",
                "GPL-2+ with OpenSSL exception | GPL-2+ with OpenSSL exception",
                // Fedora's old tags
                "GPLv2+ and (MIT or BSD) | GPL-2.0-or-later AND (MIT OR LicenseRef-BSD)",
                "ASL 2.0 | Apache-2.0",
                "LGPLv2+ | LGPL-2.0-or-later",
                "GPLv3+ with exceptions and LGPLv2 | GPLv3+ with exceptions and LGPLv2",
                // PyPI's classifiers
                "License :: OSI Approved :: MIT License | MIT",
                "License :: OSI Approved :: Apache Software License | Apache-2.0",
                "License :: OSI Approved :: GNU General Public License v3 or later (GPLv3+) | GPL-3.0-or-later",
                "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0) | MPL-2.0",
                // names and addresses in poms
                "The Apache Software License, Version 2.0 | Apache-2.0",
                "http://www.apache.org/licenses/LICENSE-2.0.txt | Apache-2.0",
                "http://www.eclipse.org/legal/epl-v10.html | EPL-1.0",
                "https://www.gnu.org/licenses/old-licenses/lgpl-2.1.html | LGPL-2.1-only",
                "Eclipse Distribution License - v 1.0 | BSD-3-Clause",
                "Eclipse Public License v. 2.0 | EPL-2.0",
                "CDDL + GPLv2 with classpath exception | CDDL-1.0 OR GPL-2.0-only WITH Classpath-exception-2.0",
                "GNU Lesser General Public License, Version 2.1 | LGPL-2.1-only",
                "BSD 3-Clause License | BSD-3-Clause",
                // crates, npm, gem
                "MIT/Apache-2.0 | MIT OR Apache-2.0",
                "Apache 2.0 | Apache-2.0",
                "Apache-2 | Apache-2.0",
                "(MIT OR CC0-1.0) | MIT OR CC0-1.0",
                "Ruby's | Ruby",
            })
    void knowsTheNamesOfEcosystems(String name, String expected) {
        var licensing = Licensing.of(PackageType.PYPI, List.of(name)).orElseThrow();

        assertThat(licensing.onlyText().orElse(licensing.expression().toString()))
                .isEqualTo(expected);
    }

    @Test
    void aTextThatNobodyKnowsIsKept() {
        var licensing = Licensing.of(PackageType.DEB, List.of("public-domain", "see: LICENSE, or ask", "MIT"))
                .orElseThrow();

        assertThat(licensing.expression())
                .hasToString("LicenseRef-public-domain AND LicenseRef-see-LICENSE-or-ask-7b3c67e3 AND MIT");
        assertThat(licensing.references())
                .containsEntry("LicenseRef-public-domain", "public-domain")
                .containsEntry("LicenseRef-see-LICENSE-or-ask-7b3c67e3", "see: LICENSE, or ask");
        assertThat(licensing.identifiers()).containsExactly("MIT");
        assertThat(licensing.isListed()).isFalse();
    }

    @Test
    void listsOfSomeEcosystemsAreToChooseFrom() {
        assertThat(Licensing.of(PackageType.MAVEN, List.of("EPL 2.0", "MIT"))
                        .orElseThrow()
                        .expression())
                .hasToString("EPL-2.0 OR MIT");
        assertThat(Licensing.of(PackageType.DEB, List.of("EPL 2.0", "MIT OR ISC"))
                        .orElseThrow()
                        .expression())
                .hasToString("EPL-2.0 AND (MIT OR ISC)");
        assertThat(Licensing.of(PackageType.DEB, List.of(" "))).isEmpty();
    }

    /// Whatever a package says, there is an expression that reads as itself and explains its references.
    @FuzzTest
    void everyTextHasAnExpression(FuzzedDataProvider data) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            texts.add(data.consumeString(200));
        }
        Licensing.of(PackageType.NPM, texts).ifPresent(licensing -> {
            var text = licensing.expression().toString();
            assertThat(LicenseExpression.parse(text))
                    .map(LicenseExpression::toString)
                    .contains(text);
        });
    }
}
