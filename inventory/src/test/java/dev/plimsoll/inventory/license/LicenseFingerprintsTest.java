package dev.plimsoll.inventory.license;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.UnpackBudget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LicenseFingerprintsTest {

    private static final String MIT = """
            Copyright (c) 2019 Somebody and others

            Permission is hereby granted, free of charge, to any person obtaining
            a copy of this software and associated documentation files (the
            "Software"), to deal in the Software without restriction, including
            without limitation the rights to use, copy, modify, merge, publish,
            distribute, sublicense, and/or sell copies of the Software, and to
            permit persons to whom the Software is furnished to do so, subject to
            the following conditions:

            The above copyright notice and this permission notice shall be
            included in all copies or substantial portions of the Software.

            THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND,
            EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
            MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
            NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
            LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION
            OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION
            WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
            """;

    private static List<String> recognised(String text) throws IOException {
        return LicenseFingerprints.KNOWN.recognise(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void layoutAndNamesDoNotCount() throws IOException {
        assertThat(recognised(MIT)).containsExactly("MIT");
        assertThat(recognised(
                        "(The MIT License)\n\n" + MIT.replace("\n", "\r\n * ").toLowerCase(java.util.Locale.ROOT)))
                .containsExactly("MIT");
        assertThat(recognised("It was packaged by somebody.\n\nIts files are under this:\n" + MIT.indent(4)
                        + "\nThe packaging is under the same.\n"))
                .containsExactly("MIT");
    }

    @Test
    void whatIsOnlyNearIsNotTaken() throws IOException {
        assertThat(recognised(MIT.substring(0, MIT.indexOf("THE SOFTWARE IS")))).isEmpty();
        assertThat(recognised("This program is under the MIT license and the GPL."))
                .isEmpty();
        assertThat(recognised("")).isEmpty();
    }

    /// Texts that Debian ships.
    @ParameterizedTest
    @CsvSource({
        "Apache-2.0, Apache-2.0",
        "Artistic, Artistic-1.0-Perl",
        "CC0-1.0, CC0-1.0",
        "GFDL-1.2, GFDL-1.2-only",
        "GFDL-1.3, GFDL-1.3-only",
        "GPL-1, GPL-1.0-only",
        "GPL-2, GPL-2.0-only",
        "GPL-3, GPL-3.0-only",
        "LGPL-2, LGPL-2.0-only",
        "LGPL-2.1, LGPL-2.1-only",
        "LGPL-3, LGPL-3.0-only",
        "MPL-1.1, MPL-1.1",
        "MPL-2.0, MPL-2.0",
        "BSD, BSD-3-Clause"
    })
    void knowsTheTextsOfDebian(String name, String expected) throws IOException {
        var file = Path.of("/usr/share/common-licenses", name);
        if (!Files.exists(file)) {
            System.err.println("SKIPPED: LicenseFingerprintsTest needs " + file);
            Assumptions.abort("no " + file);
        }
        try (var in = Files.newInputStream(file)) {
            assertThat(LicenseFingerprints.KNOWN.recognise(in)).containsExactly(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "usr/share/doc/libexample1/copyright, deb, libexample1",
        "app/node_modules/@a/b/LICENSE.txt, npm, folder:app/node_modules/@a/b",
        "node_modules/b/license, npm, folder:node_modules/b",
        "usr/lib/python3/dist-packages/x-1.dist-info/licenses/LICENSE, pypi, folder:usr/lib/python3/dist-packages/x-1.dist-info",
    })
    void aFileIsTiedToThePackageBesideIt(String path, String type, String key) throws IOException {
        assertThat(new LicenseFileAnalyzer().wanted().wants(path, 0644, MIT.length()))
                .isTrue();
        assertThat(analyzed(path, MIT)).singleElement().satisfies(fact -> {
            var licenses = (Fact.Licenses) fact;
            assertThat(licenses.type().purlType()).isEqualTo(type);
            assertThat(licenses.key()).isEqualTo(key);
            assertThat(licenses.names()).containsExactly("MIT");
        });
    }

    @Test
    void theMachineReadableFormSpeaksForItself() throws IOException {
        assertThat(analyzed(
                        "usr/share/doc/a/copyright",
                        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n" + MIT))
                .isEmpty();
    }

    private static List<Fact> analyzed(String path, String text) throws IOException {
        return analyzed(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Fact> analyzed(String path, byte[] bytes) throws IOException {
        var facts = new ArrayList<Fact>();
        new LicenseFileAnalyzer()
                .analyze(
                        new LayerFile(
                                path, 0644, bytes.length, new ByteArrayInputStream(bytes), new UnpackBudget(1 << 20)),
                        new dev.plimsoll.inventory.FactSink() {
                            @Override
                            public void add(Fact fact) {
                                facts.add(fact);
                            }

                            @Override
                            public void unknown(String place, String reason) {
                                throw new AssertionError(reason);
                            }
                        });
        return facts;
    }

    @FuzzTest
    void anyBytesAreRead(FuzzedDataProvider data) throws IOException {
        analyzed("usr/share/doc/a/copyright", data.consumeRemainingAsBytes());
    }
}
