package dev.plimsoll.advisory.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A few true facts in the form of each feed, as folders or archives.
public final class SmallFeeds {

    private SmallFeeds() {}

    /// Path beneath the folder of feeds to text. The first folder is the feed's name.
    public static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("almalinux-osv/advisories/almalinux9/ALSA-2023-0946.json", """
                {"id": "ALSA-2023:0946", "summary": "Moderate: openssl security and bug fix update", "related": ["CVE-2022-4203", "CVE-2023-0286"],
                 "affected": [{"package": {"ecosystem": "AlmaLinux:9", "name": "openssl"}, "ranges": [{"type": "ECOSYSTEM",
                  "events": [{"introduced": "0"}, {"fixed": "1:3.0.1-47.el9_1"}]}]}]}
                """);
        files.put("alpine-secdb/v3.11/main.yaml", """
                distroversion: v3.11
                packages:
                  - pkg:
                      name: openssl
                      secfixes:
                        1.1.1d-r3:
                          - CVE-2019-1551
                        1.1.1g-r0:
                          - CVE-2020-1967
                """);
        files.put("alpine-secdb/v3.11/community.yaml", """
                distroversion: v3.11
                packages:
                  - pkg:
                      name: openjdk8
                      secfixes:
                        8.212.04-r0:
                          - CVE_2019-2426
                          - CVE-2019-2602
                """);
        files.put("slice-alpine/3.18/main/openssl.json", """
                {"name": "openssl", "distroversion": "v3.18", "secfixes": {"3.1.1-r0": ["CVE-2023-2650"], "0": ["CVE-2022-1292"]}}
                """);
        files.put("debian-dsa/data/DSA/list", """
                [07 Feb 2023] DSA-5343-1 openssl - security update
                \t{CVE-2022-2097 CVE-2022-4304 CVE-2023-0286}
                \t[bullseye] - openssl 1.1.1n-0+deb11u4
                """);
        files.put("slice-debian/tracker/distributions.json", "{\"bullseye\": {}, \"bookworm\": {}, \"sid\": {}}");
        files.put("slice-debian/tracker/CVE/2023/CVE-2023-0286.json", """
                {"Header": {"ID": "CVE-2023-0286", "Description": "(X.400 address type confusion)"}, "Annotations": [
                 {"Type": "package", "Package": "openssl", "Kind": "fixed", "Version": "3.0.8-1"}]}
                """);
        files.put("slice-debian/tracker/DSA/DSA-5343-1.json", """
                {"Header": {"ID": "DSA-5343-1", "Description": "openssl - security update"}, "Annotations": [
                 {"Type": "xref", "Bugs": ["CVE-2022-2097", "CVE-2022-4304", "CVE-2023-0286"]},
                 {"Type": "package", "Release": "bullseye", "Package": "openssl", "Kind": "fixed", "Version": "1.1.1n-0+deb11u4"}]}
                """);
        files.put("slice-epss/first.csv", """
                #model_version:v2023.03.01,score_date:2024-10-25T00:00:00+0000
                cve,epss,percentile
                CVE-2021-44228,0.97559,0.99999
                """);
        files.put("slice-epss/later.csv", "#score_date:2024-10-26T00:00:00+0000\nCVE-2021-44228,0.97560,0.99999\n");
        files.put("slice-epss/plain.csv", "CVE-2021-44228;0.9;0.9\nCVE-2023-0286;0.885;0.995\n");
        files.put("kev/known_exploited_vulnerabilities.json", """
                {"vulnerabilities": [{"cveID": "CVE-2021-44228", "dateAdded": "2021-12-10", "dueDate": "2021-12-24",
                 "knownRansomwareCampaignUse": "Known"}]}
                """);
        files.put(
                "eol/products/debian.md",
                "---\nreleases:\n  - releaseCycle: \"11\"\n    eol: 2024-08-14\n    eoes: 2026-08-31\n---\n");
        files.put(
                "eol/products/python.md",
                "---\nreleases:\n  - releaseCycle: \"3.8\"\n    eol: 2024-10-07\n"
                        + "  - releaseCycle: \"3\"\n    eol: false\n    eoes: false\n---\n");
        files.put(
                "eol/products/alpine-linux.md",
                "---\nreleases:\n  - releaseCycle: \"3.18\"\n    eol: 2025-05-09\n---\n");
        files.put("nvd-overrides/data/2023/CVE-2023-40159.json", "{\"cve\": {}}");
        files.put("rubysec/gems/rack/CVE-2022-44570.yml", """
                ---
                gem: rack
                cve: 2022-44570
                ghsa: 65f5-mfpf-vfhj
                cvss_v3: 7.5
                unaffected_versions: ["< 1.5.0"]
                patched_versions: ["~> 2.0.9, >= 2.0.9.2", "~> 2.1.4, >= 2.1.4.2", "~> 2.2.6, >= 2.2.6.2", ">= 3.0.4.1"]
                """);
        files.put("rustsec/crates/time/RUSTSEC-2020-0071.md", """
                ```toml
                [advisory]
                id = "RUSTSEC-2020-0071"
                package = "time"
                aliases = ["CVE-2020-26235"]
                [versions]
                patched = [">= 0.2.23"]
                ```
                # Potential segfault in the time crate
                """);
        files.put("go-osv/data/osv/GO-2023-2102.json", """
                {"id": "GO-2023-2102", "aliases": ["CVE-2023-39325", "GHSA-4374-p667-p6c8"], "affected": [
                 {"package": {"ecosystem": "Go", "name": "golang.org/x/net"}, "ranges": [{"type": "SEMVER",
                  "events": [{"introduced": "0"}, {"fixed": "0.17.0"}]}],
                  "ecosystem_specific": {"imports": [{"path": "golang.org/x/net/http2", "symbols": ["Server.ServeConn"]},
                   {"path": "golang.org/x/net/html", "goos": ["windows"], "goarch": ["amd64", "arm64"]}]}}]}
                """);
        files.put("go-osv/data/osv/GO-2020-0000.json", """
                {"id": "GO-2020-0000", "withdrawn": "2024-01-01T00:00:00Z", "affected": [
                 {"package": {"ecosystem": "Go", "name": "golang.org/x/net"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}]}
                """);
        files.put("pypa-osv/vulns/py/PYSEC-2022-42969.yaml", """
                id: PYSEC-2022-42969
                aliases: [CVE-2022-42969]
                affected:
                - package: {ecosystem: PyPI, name: py}
                  ranges:
                  - {type: ECOSYSTEM, events: [{introduced: '0'}, {last_affected: 1.11.0}]}
                """);
        files.put("slice-ghsa/GHSA-jfh8-c2jp-5v3q.json", """
                {"id": "GHSA-jfh8-c2jp-5v3q", "aliases": ["CVE-2021-44228"], "published": "2021-12-10T00:40:56Z",
                 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"}],
                 "database_specific": {"severity": "CRITICAL"}, "affected": [
                 {"package": {"ecosystem": "Maven", "name": "org.apache.logging.log4j:log4j-core"},
                  "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "2.13.0"}, {"fixed": "2.15.0"}]}]}]}
                """);
        files.put("slice-usn/USN-5844-1.json", """
                {"id": "USN-5844-1", "upstream": ["CVE-2023-0286"], "affected": [{"package": {"ecosystem": "Ubuntu:22.04:LTS", "name": "openssl"},
                 "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.0.2-0ubuntu1.8"}]}]}]}
                """);
        return files;
    }

    /// Writes them as folders.
    public static void folders(Path folder) throws IOException {
        for (var file : files().entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /// Writes them as archives, their files in the order of the list or the other way round.
    static void archives(Path folder, boolean reversed, String ending) throws IOException {
        Files.createDirectories(folder);
        var names = new ArrayList<>(files().keySet());
        if (reversed) {
            Collections.reverse(names);
        }
        Map<String, TarBytes> archives = new LinkedHashMap<>();
        for (var name : names) {
            var feed = name.substring(0, name.indexOf('/'));
            archives.computeIfAbsent(feed, _ -> new TarBytes()).file(name, files().getOrDefault(name, ""));
        }
        for (var archive : archives.entrySet()) {
            var bytes = ending.equals(".tar.zst")
                    ? archive.getValue().zstd()
                    : archive.getValue().gzip();
            Files.write(folder.resolve(archive.getKey() + ending), bytes);
        }
    }

    /// The names of the feeds.
    static List<String> names() {
        return files().keySet().stream()
                .map(name -> name.substring(0, name.indexOf('/')))
                .distinct()
                .sorted()
                .toList();
    }
}
