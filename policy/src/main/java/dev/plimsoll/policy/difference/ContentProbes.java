package dev.plimsoll.policy.difference;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Images that differ in what they hold: files, packages, licences, secrets, malware, accounts, layers.
final class ContentProbes {

    private static final List<String> MODES = List.of("0644", "0755", "0777", "0600", "1777", "2755", "4755", "6755");

    private ContentProbes() {}

    static List<Probe> files(Vocabulary words) {
        var probes = new ArrayList<Probe>();
        for (var path : words.samplesAnd("/etc/passwd", "/root/.ssh/id_rsa", "/app/server.key")) {
            for (var mode : MODES) {
                probes.add(new Probe(
                        "the file " + path + " with mode " + mode,
                        Probe.object("files", List.of(Probe.object("path", path, "mode", mode)))));
            }
            for (var digest : words.samples()) {
                if (digest.matches("[0-9a-f]{64}")) {
                    probes.add(new Probe(
                            "the file " + path + " with the SHA-256 " + digest,
                            Probe.object("files", List.of(Probe.object("path", path, "sha256", digest)))));
                }
            }
            for (var content : words.samples()) {
                probes.add(new Probe(
                        "the file " + path + " that holds " + content,
                        Probe.object("files", List.of(Probe.object("path", path, "content", content)))));
            }
            for (var kind : List.of("changed", "missing", "mode")) {
                probes.add(new Probe(
                        path + ", which is not as its package says (" + kind + ")",
                        Probe.object(
                                "verification",
                                List.of(Probe.object(
                                        "path", path, "package", "pkg:deb/debian/curl@7.88.1-10", "kind", kind)))));
            }
        }
        for (var search : words.samples()) {
            probes.add(new Probe(
                    "a match of the search " + search,
                    Probe.object("matches", List.of(Probe.object("search", search, "path", "/app/config")))));
        }
        return probes;
    }

    static List<Probe> secrets(Vocabulary words) {
        var probes = new ArrayList<Probe>();
        for (var rule : words.samplesAnd("aws-access-key-id", "private-key", "AWS_ACCESS_KEY", "PRIV_KEY")) {
            for (var path : words.samplesAnd("/app/key.pem", "config:env")) {
                for (var deleted : List.of(false, true)) {
                    probes.add(new Probe(
                            "a secret of the rule " + rule + " in " + path
                                    + (deleted ? " that a later layer deletes" : ""),
                            Probe.object(
                                    "secrets", List.of(Probe.object("rule", rule, "path", path, "deleted", deleted)))));
                }
            }
        }
        return probes;
    }

    static List<Probe> malware(Vocabulary words, Instant at) {
        var probes = new ArrayList<Probe>();
        for (var path : words.samplesAnd("/app/x")) {
            for (var signature : words.samplesAnd("Eicar-Test-Signature")) {
                probes.add(new Probe(
                        "malware (" + signature + ") in " + path,
                        Probe.object(
                                "malware",
                                Probe.object(
                                        "findings", List.of(Probe.object("path", path, "signature", signature))))));
            }
        }
        for (var days : words.wholeNumbers()) {
            probes.add(new Probe(
                    "signatures that are " + days + " days old",
                    Probe.object(
                            "malware",
                            Probe.object(
                                    "signatures",
                                    at.minus(Duration.ofDays(Math.min(days, 36_500)))
                                            .toString()))));
        }
        return probes;
    }

    static List<Probe> packages(Vocabulary words) {
        var probes = new ArrayList<Probe>();
        for (var name : words.samplesAnd("openssh-server", "curl")) {
            if (!name.matches("[A-Za-z0-9@][A-Za-z0-9._+/:@-]*")) {
                continue;
            }
            for (var version : words.samplesAnd("1.0")) {
                if (version.matches("[0-9][A-Za-z0-9.:~+-]*")) {
                    for (var type : List.of("deb/debian", "npm", "gem", "pypi")) {
                        var purl = "pkg:" + type + "/" + name + "@" + version;
                        probes.add(new Probe(
                                "the package " + purl,
                                Probe.object(
                                        "distribution", "debian:12", "packages", List.of(Probe.object("purl", purl)))));
                    }
                }
            }
        }
        for (var license : words.samplesAnd(
                "MIT",
                "Apache-2.0",
                "GPL-2.0-only",
                "GPL-3.0-or-later",
                "AGPL-3.0-only",
                "MIT OR GPL-3.0-only",
                "no-such")) {
            probes.add(new Probe(
                    "a package licensed " + license,
                    Probe.object(
                            "packages",
                            List.of(Probe.object("purl", "pkg:npm/minimist@1.2.0", "licenses", List.of(license))))));
        }
        return probes;
    }

    static List<Probe> accounts(Vocabulary words) {
        var probes = new ArrayList<Probe>();
        for (var name : words.samplesAnd("root", "app")) {
            probes.add(account("the account " + name, "name", name, "user_id", 1000));
        }
        for (var number : words.wholeNumbers()) {
            probes.add(account("an account with the number " + number, "name", "app", "user_id", number));
        }
        for (var shell : words.samplesAnd("/bin/bash", "/usr/sbin/nologin")) {
            probes.add(account("an account with the shell " + shell, "name", "app", "shell", shell));
        }
        for (var password : List.of("empty", "set", "locked")) {
            probes.add(account("an account whose password is " + password, "name", "app", "password", password));
        }
        return probes;
    }

    private static Probe account(String words, Object... members) {
        return new Probe(words, Probe.object("accounts", List.of(Probe.object(members))));
    }

    static List<Probe> distributions(Vocabulary words, Instant at) {
        var probes = new ArrayList<Probe>();
        for (var name : words.samplesAnd("debian:12", "debian:9", "alpine:3.18", "ubuntu:24.04")) {
            var full = name.indexOf(':') > 0 && !name.endsWith(":") ? name : name + ":1";
            probes.add(new Probe("the distribution " + full, Probe.object("distribution", full)));
        }
        for (var days : words.wholeNumbers()) {
            for (var sign : List.of(1, -1)) {
                var end = at.plus(Duration.ofDays(sign * Math.min(days, 36_500)));
                probes.add(new Probe(
                        "a distribution whose end of life " + (sign > 0 ? "comes in " : "was ") + days + " days"
                                + (sign > 0 ? "" : " ago"),
                        Probe.object("distribution", "debian:12", "end_of_life", end.toString())));
            }
        }
        return probes;
    }

    static List<Probe> layers(Vocabulary words) {
        var probes = new ArrayList<Probe>();
        for (var number : words.wholeNumbers()) {
            if (number > 0 && number <= 500) {
                probes.add(new Probe(
                        number + " layers", Probe.object("layers", java.util.Collections.nCopies(number, "1kb"))));
            }
            for (var unit : List.of("", "kb", "mb", "gb")) {
                probes.add(new Probe(
                        "a layer of " + number + (unit.isEmpty() ? " bytes" : unit),
                        Probe.object("layers", List.of(number + unit))));
                probes.add(new Probe(
                        "a deleted file of " + number + (unit.isEmpty() ? " bytes" : unit),
                        Probe.object("deleted", List.of(Probe.object("path", "/app/x", "size", number + unit)))));
            }
        }
        return probes;
    }
}
