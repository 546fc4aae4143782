package dev.plimsoll.report.sbom;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import java.math.BigDecimal;

/// How a package was identified, and how sure that is.
///
/// @param technique a word of CycloneDX, "Identity Evidence", `technique`
/// @param confidence from 0 to 1: 1 for what a package database or installed metadata says, 0.7 for what is only
///     declared, 0.5 for what was recognised by the bytes of a program
record Identification(String technique, BigDecimal confidence) {

    static Identification of(ImagePackage item) {
        var analyzer = item.analyzer();
        boolean fromBytes = "low".equals(item.properties().get(PackageProperty.CONFIDENCE));
        boolean ofProgram = fromBytes || analyzer.contains("binary") || analyzer.contains("program");
        var confidence = fromBytes ? "0.5" : item.evidence() == Evidence.DECLARED ? "0.7" : "1";
        return new Identification(ofProgram ? "binary-analysis" : "manifest-analysis", new BigDecimal(confidence));
    }
}
