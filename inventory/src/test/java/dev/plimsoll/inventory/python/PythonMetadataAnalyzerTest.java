package dev.plimsoll.inventory.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import java.util.List;
import org.junit.jupiter.api.Test;

class PythonMetadataAnalyzerTest {

    private static final String PATH = "usr/lib/python3/dist-packages/x.dist-info/METADATA";
    private final PythonMetadataAnalyzer analyzer = new PythonMetadataAnalyzer();

    private Analyzed analyze(String text) {
        return Analyzed.by(analyzer, PATH, text);
    }

    private static String project(String fields) {
        return "Metadata-Version: 2.1\nName: zope.interface\nVersion: 5.0.0\n" + fields;
    }

    @Test
    void readsNameAndVersionAsTheyAreWritten() {
        var analyzed = analyze(project("Summary: x\n\nThe description.\n"));

        assertThat(analyzed.names()).containsExactly("zope.interface 5.0.0");
        assertThat(analyzed.unknowns()).isEmpty();
    }

    @Test
    void fieldNamesKnowNoCaseAndLinesMayEndAsWindowsDoesOrNotAtAll() {
        assertThat(analyze("NAME:a\r\nversion:   1 \r\n\r\nName: b").names()).containsExactly("a 1");
        assertThat(analyze("Name: a\nVersion: 1").names()).containsExactly("a 1");
    }

    @Test
    void theDescriptionIsNotRead() {
        assertThat(analyze("Name: a\nVersion: 1\n\nName: evil\nVersion: 9\nLicense: no\n")
                        .names())
                .containsExactly("a 1");
        assertThat(analyze("Name: a\n\nVersion: 1\n").unknowns()).containsExactly("metadata of 'a' without a version");
        assertThat(analyze("Name: a\nDescription: long\n        Version: 9\nVersion: 1\n")
                        .names())
                .containsExactly("a 1");
    }

    @Test
    void theFirstNameCounts() {
        assertThat(analyze("Name: a\nName: b\nVersion: 1\nVersion: 2\n").names())
                .containsExactly("a 1");
    }

    @Test
    void licensesComeFromTheExpressionElseTheFieldElseTheClassifiers() {
        var classifiers =
                "Classifier: License :: OSI Approved :: MIT License\nClassifier: Topic :: X\nClassifier: License :: DFSG approved\n";

        assertThat(analyze(project("License: old\nLicense-Expression: MIT OR Apache-2.0\n" + classifiers))
                        .licenses())
                .containsExactly("MIT OR Apache-2.0");
        assertThat(analyze(project("License: ZPL 2.1\n" + classifiers)).licenses())
                .containsExactly("ZPL 2.1");
        assertThat(analyze(project(classifiers)).licenses()).containsExactly("MIT License", "DFSG approved");
        assertThat(analyze(project("License: UNKNOWN\n" + classifiers)).licenses())
                .containsExactly("MIT License", "DFSG approved");
        assertThat(analyze(project("")).licenses()).isEmpty();
    }

    @Test
    void theTextOfALicenseIsNotItsName() {
        var text =
                "License: Copyright (c) 2001 x\n        Permission is hereby granted\nClassifier: License :: OSI Approved :: MIT License\n";

        assertThat(analyze(project(text)).licenses()).containsExactly("MIT License");
        assertThat(analyze(project("License: " + "x".repeat(CoreMetadata.MAX_LICENSE) + "\n"))
                        .licenses())
                .hasSize(1);
        assertThat(analyze(project("License: " + "x".repeat(CoreMetadata.MAX_LICENSE + 1) + "\n"))
                        .licenses())
                .isEmpty();
    }

    @Test
    void whatNamesNoProjectIsUnknown() {
        assertThat(analyze("").unknowns()).containsExactly("metadata without a name");
        assertThat(analyze("Version: 1\n").unknowns()).containsExactly("metadata without a name");
        assertThat(analyze("Name: a b\nVersion: 1\n").unknowns()).containsExactly("'a b' is no name of a project");
        assertThat(analyze("Name: ../a\nVersion: 1\n").unknowns()).containsExactly("'../a' is no name of a project");
    }

    @Test
    void goesOnBehindALineOverTheLimit() {
        var field = "Keywords: ";
        var fits = field + "x".repeat(CoreMetadata.MAX_LINE - field.length()) + "\n";
        var over = "x" + fits;

        assertThat(analyze(fits + project(""))).isEqualTo(analyze(project("")));
        assertThat(analyze(over + project("")).names()).containsExactly("zope.interface 5.0.0");
        assertThat(analyze(over + project("")).unknowns()).containsExactly("line 1: line over 262144 bytes");
    }

    @Test
    void holdsToTheLimitOfHeaders() {
        var line = "Keywords: x\n";
        var many = line.repeat(CoreMetadata.MAX_HEADERS / line.length());

        assertThat(analyze(project("") + line.repeat(1000)).unknowns()).isEmpty();
        assertThat(analyze(project("") + many).names()).containsExactly("zope.interface 5.0.0");
        assertThat(analyze(project("") + many).unknowns())
                .containsExactly("header fields over 1048576 characters; the rest was not read");
    }

    @Test
    void holdsToTheLimitsOfNamesAndClassifiers() {
        var most = "n".repeat(CoreMetadata.MAX_NAME);
        assertThat(analyze("Name: " + most + "\nVersion: 1\n").packages()).hasSize(1);
        assertThat(analyze("Name: " + most + "n\nVersion: 1\n").unknowns())
                .containsExactly("name or version over 512 characters");

        assertThat(analyze(project("Classifier: License :: MIT\n".repeat(101))).licenses())
                .hasSize(CoreMetadata.MAX_CLASSIFIERS);
    }

    @Test
    void wantsMetadataOfInstalledProjectsInAnyCase() {
        for (var path : List.of(
                "site-packages/a-1.dist-info/METADATA",
                "site-packages/a-1.DIST-INFO/METADATA",
                "site-packages/a-1.egg-info/PKG-INFO",
                "a-1.egg/EGG-INFO/PKG-INFO",
                "site-packages/a-1.egg-info")) {
            assertThat(analyzer.wanted().wants(path, 0644, 1)).as(path).isTrue();
        }
        for (var path : List.of(
                "src/a-1/PKG-INFO",
                "a/METADATA",
                "a.dist-info/RECORD",
                "a.dist-info/x/METADATA",
                "a.dist-info",
                "a.egg-info/SOURCES.txt")) {
            assertThat(analyzer.wanted().wants(path, 0644, 1)).as(path).isFalse();
        }
    }
}
