package dev.plimsoll.report.sbom;

import dev.plimsoll.report.ReportFormat;
import java.util.List;

/// The formats of bills of materials; adding one is a class, its test and a line here.
public final class SbomFormats {

    private static final List<ReportFormat> ALL = List.of(
            new CycloneDxJsonFormat("cyclonedx-json", "1.6"),
            new CycloneDxJsonFormat("cyclonedx-json@1.6", "1.6"),
            new CycloneDxJsonFormat("cyclonedx-json@1.7", "1.7"),
            new CycloneDxXmlFormat("cyclonedx-xml", "1.6"),
            new CycloneDxXmlFormat("cyclonedx-xml@1.6", "1.6"),
            new CycloneDxXmlFormat("cyclonedx-xml@1.7", "1.7"),
            new SpdxJsonFormat("spdx-json"),
            new SpdxJsonFormat("spdx-json@2.3"),
            new Spdx3Format("spdx-json@3.0"),
            new SpdxTagValueFormat("spdx-tag-value"),
            new SyftJsonFormat(),
            new PackageUrlsFormat());

    private SbomFormats() {}

    /// All of them, in the order in which they are listed.
    public static List<ReportFormat> all() {
        return ALL;
    }
}
