package dev.plimsoll.report.sbom;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.json.JsonWriter;
import java.util.Optional;

/// The members `metadataType` and `metadata` of a package in Syft's JSON: what its matcher of vulnerabilities reads
/// there. Other types have none.
///
/// Source: Syft, package `pkg`, `dpkg.go`, `rpm.go`, `apk.go`, `java.go`.
final class SyftMetadata {

    private final JsonWriter json;
    private final SbomView.Item item;
    private final ImagePackage found;

    SyftMetadata(JsonWriter json, SbomView.Item item) {
        this.json = json;
        this.item = item;
        this.found = item.item();
    }

    void write() {
        switch (found.type()) {
            case DEB -> metadata("dpkg-db-entry", this::dpkg);
            case RPM -> metadata("rpm-db-entry", this::rpm);
            case APK -> metadata("apk-db-entry", this::apk);
            case MAVEN -> metadata("java-archive", this::java);
            default -> {
                // the package URL says what there is
            }
        }
    }

    private void metadata(String type, Runnable members) {
        json.member("metadataType", type).object("metadata", members);
    }

    private String source() {
        return found.source().map(SourcePackage::name).orElse("");
    }

    private String property(PackageProperty property) {
        return item.property(property).orElse("");
    }

    private void files() {
        json.array(
                "files", () -> found.ownedFiles().forEach(path -> json.object(() -> json.member("path", "/" + path))));
    }

    private void dpkg() {
        json.member("package", found.name());
        json.member("source", source());
        json.member("version", found.version());
        json.member("sourceVersion", found.source().map(SourcePackage::version).orElse(""));
        json.member("architecture", found.architecture());
        json.member("maintainer", property(PackageProperty.MAINTAINER));
        json.member("installedSize", 0);
        files();
    }

    private void rpm() {
        var version = found.version();
        int colon = version.indexOf(':');
        int dash = version.lastIndexOf('-');
        json.member("name", found.name());
        json.member("version", version.substring(colon + 1, dash > colon ? dash : version.length()));
        found.purl().qualifier("epoch").flatMap(SyftMetadata::number).ifPresent(epoch -> json.member("epoch", epoch));
        json.member("architecture", found.architecture());
        json.member("release", dash > colon ? version.substring(dash + 1) : "");
        json.member("sourceRpm", found.purl().qualifier("upstream").orElse(""));
        json.member("size", 0);
        json.member("vendor", property(PackageProperty.VENDOR));
        json.member("modularityLabel", found.modularity());
        files();
    }

    private static Optional<Integer> number(String text) {
        return text.length() < 10 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Optional.of(Integer.valueOf(text))
                : Optional.empty();
    }

    private void apk() {
        json.member("package", found.name());
        json.member("originPackage", source());
        json.member("maintainer", property(PackageProperty.MAINTAINER));
        json.member("version", found.version());
        json.member("architecture", found.architecture());
        json.member("url", property(PackageProperty.HOMEPAGE));
        json.member("description", property(PackageProperty.SUMMARY));
        json.member("size", 0);
        json.member("installedSize", 0);
        json.array("pullDependencies", () -> {});
        json.array("provides", () -> {});
        json.member("pullChecksum", "");
        json.member("gitCommitOfApkPort", "");
        files();
    }

    private void java() {
        var place = found.locations().isEmpty()
                ? ""
                : "/" + found.locations().getFirst().path();
        json.member("virtualPath", place);
        json.object(
                "pomProperties",
                () -> json.member("path", "")
                        .member("name", "")
                        .member("groupId", found.purl().namespace())
                        .member("artifactId", found.purl().name())
                        .member("version", found.version()));
    }
}
