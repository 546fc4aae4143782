package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.ContentDigests;
import dev.plimsoll.inventory.ContentFact;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.content.Account;
import dev.plimsoll.inventory.content.Group;
import dev.plimsoll.inventory.content.ShadowEntry;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A fact of each kind, no two members alike.
final class LayerFactSamples {

    static final List<Fact> ALL = List.of(
            new Fact.PackageFound(
                    PackageType.DEB,
                    "namespace",
                    "name",
                    "version",
                    Optional.of(new SourcePackage("source", "1")),
                    "amd64",
                    "module",
                    Evidence.DECLARED,
                    "key",
                    Map.of("arch", "amd64", "epoch", "1"),
                    List.of("MIT", "Apache-2.0"),
                    List.of("usr/a", "usr/b"),
                    List.of("cpe:2.3:a:b:c:1:*:*:*:*:*:*:*"),
                    List.of("needed"),
                    Map.of(PackageProperty.VENDOR, "vendor", PackageProperty.ORIGIN, "origin"),
                    "a.jar!/b"),
            new Fact.PackageFound(
                    PackageType.NPM,
                    "",
                    "n",
                    "v",
                    Optional.empty(),
                    "",
                    "",
                    Evidence.INSTALLED,
                    "",
                    Map.of(),
                    List.of(),
                    List.of(),
                    ""),
            new Fact.OwnedFiles(PackageType.RPM, "owner", List.of("p", "q")),
            new Fact.Licenses(PackageType.DEB, "licensed", List.of("GPL-2.0-only")),
            new Fact.Properties(PackageType.DEB, "kept", Map.of(PackageProperty.MAINTAINER, "somebody")),
            new Fact.Dependencies(PackageType.NPM, "needing", List.of("x@1")),
            new Fact.FileClaims(
                    PackageType.RPM,
                    "claiming",
                    List.of(
                            new FileClaim("etc/x", "sha256", "ab", OptionalInt.of(0644), true, false),
                            new FileClaim("etc/y", "", "", OptionalInt.empty(), false, true))),
            new Fact.Diverted(PackageType.DEB, "bin/sh", "bin/sh.distrib", "dash"),
            new Fact.Digested(ContentDigests.of(new byte[] {1, 2, 3})),
            new Fact.DistributionFound(new Distribution("debian", "12", "bookworm", List.of("a", "b"), "Debian")),
            new Fact.Executable("ELF"),
            new Fact.Content(new ContentFact.SecretFound("rule", 7, "sec…", "digest")),
            new Fact.Content(new ContentFact.SearchMatched("search", List.of(1, 5))),
            new Fact.Content(new ContentFact.Retrieved("aGVsbG8=")),
            new Fact.Content(new ContentFact.AccountFound(
                    new Account("root", 0, 1, "comment", "/root", "/bin/sh", Account.Password.SHADOWED))),
            new Fact.Content(new ContentFact.GroupFound(new Group("wheel", 10, List.of("a", "b")))),
            new Fact.Content(new ContentFact.ShadowFound(new ShadowEntry("root", Account.Password.LOCKED))),
            new Fact.Content(new ContentFact.MalwareFound("Eicar")),
            new Fact.Content(new ContentFact.MalwareNotScanned("too large")));

    private LayerFactSamples() {}
}
