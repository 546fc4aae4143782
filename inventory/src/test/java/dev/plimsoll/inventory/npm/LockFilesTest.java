package dev.plimsoll.inventory.npm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The lock files of npm, Yarn, pnpm, Bun and Deno, each in the form that the tool writes.
class LockFilesTest {

    /// Of 64 zero bytes.
    private static final String INTEGRITY = "sha512-" + "A".repeat(86) + "==";

    private static final String DIGEST = "sha512:" + "0".repeat(128);

    private static List<String> lines(Analyzer analyzer, String path, String text) {
        var analyzed = Analyzed.by(analyzer, path, text);
        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(analyzed.packages()).allMatch(found -> found.evidence() == Evidence.DECLARED);
        return analyzed.packages().stream()
                .map(found -> (found.namespace().isEmpty() ? "" : found.namespace() + "/") + found.name() + " "
                        + found.version() + " " + found.properties().getOrDefault(PackageProperty.SCOPE, "-") + " "
                        + found.dependencies())
                .toList();
    }

    private static final String NPM_3 = """
            {
              "name": "sample", "version": "1.0.0", "lockfileVersion": 3, "requires": true,
              "packages": {
                "": {"name": "sample", "version": "1.0.0", "dependencies": {"debug": "2.6.9"}},
                "parts/own": {"name": "own", "version": "0.0.1"},
                "node_modules/own": {"resolved": "parts/own", "link": true},
                "node_modules/debug": {
                  "version": "2.6.9", "integrity": "%1$s", "license": "MIT",
                  "dependencies": {"ms": "2.0.0"}
                },
                "node_modules/debug/node_modules/ms": {"version": "2.0.0"},
                "node_modules/ms": {"version": "2.1.3", "dev": true},
                "node_modules/pad": {"name": "left-pad", "version": "1.3.0", "inBundle": true},
                "node_modules/@types/node": {"version": "20.1.0", "devOptional": true, "dependencies": {"pad": "1"}},
                "node_modules/fsevents": {"optional": true}
              }
            }
            """.formatted(INTEGRITY);

    @Test
    void npmsListByFolderTellsWhichVersionEachFinds() {
        assertThat(lines(new PackageLockAnalyzer(), "srv/package-lock.json", NPM_3))
                .containsExactly(
                        "debug 2.6.9 - [ms@2.0.0]",
                        "ms 2.0.0 - []",
                        "ms 2.1.3 development []",
                        "left-pad 1.3.0 - []",
                        "@types/node 20.1.0 optional [left-pad@1.3.0]");
    }

    @Test
    void integrityIsTheDigestAndTheLicenceIsKept() {
        var debug = Analyzed.by(new PackageLockAnalyzer(), "package-lock.json", NPM_3)
                .packages()
                .getFirst();

        assertThat(debug.properties()).containsEntry(PackageProperty.DIGEST, DIGEST);
        assertThat(debug.licenses()).containsExactly("MIT");
        assertThat(Integrity.digest("sha1-AAAA sha256-AQID?x")).isEqualTo("sha256:010203");
        assertThat(Integrity.digest("md5-AAAA")).isEmpty();
        assertThat(Integrity.digest("sha512-%%")).isEmpty();
    }

    @Test
    void npmsOldestFormNestsPackages() {
        assertThat(lines(new PackageLockAnalyzer(), "npm-shrinkwrap.json", """
                {"lockfileVersion": 1, "dependencies": {
                  "debug": {"version": "2.6.9", "requires": {"ms": "2.0.0"},
                    "dependencies": {"ms": {"version": "2.0.0"}}},
                  "ms": {"version": "2.1.3", "dev": true, "requires": {"pad": "1"}},
                  "pad": {"version": "npm:left-pad@1.3.0", "optional": true},
                  "own": {"version": "file:../own"}
                }}
                """))
                .containsExactly(
                        "debug 2.6.9 - [ms@2.0.0]",
                        "ms 2.0.0 - []",
                        "ms 2.1.3 development [left-pad@1.3.0]",
                        "left-pad 1.3.0 optional []");
    }

    @Test
    void whatComesFromAnAddressIsUnknownInTheOldestForm() {
        assertThat(Analyzed.by(new PackageLockAnalyzer(), "package-lock.json", """
                {"lockfileVersion": 1, "dependencies": {"a": {"version": "git+https://example.org/a.git#1"}}}
                """)
                        .unknowns())
                .containsExactly("a: comes from an address; its version is not written");
    }

    @Test
    void npmsOwnNoteOfWhatItInstalledIsNotRead() {
        assertThat(new PackageLockAnalyzer().wanted().wants("srv/node_modules/.package-lock.json", 0644, 1))
                .isFalse();
    }

    @Test
    void yarnsFirstForm() {
        assertThat(lines(new YarnLockAnalyzer(), "yarn.lock", """
                # THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.
                # yarn lockfile v1


                "@babel/code-frame@7.12.11":
                  version "7.12.11"
                  resolved "https://registry.example/code-frame-7.12.11.tgz#00"
                  integrity %s
                  dependencies:
                    "@babel/highlight" "^7.10.4"

                "@babel/highlight@^7.0.0", "@babel/highlight@^7.10.4":
                  version "7.25.9"
                  optionalDependencies:
                    left-pad "1.x"

                "left-pad@1.x", "pad@npm:left-pad@1.3.0":
                  version "1.3.0"
                """.formatted(INTEGRITY)))
                .containsExactly(
                        "@babel/code-frame 7.12.11 - [@babel/highlight@7.25.9]",
                        "@babel/highlight 7.25.9 - [left-pad@1.3.0]",
                        "left-pad 1.3.0 - []");
    }

    @Test
    void yarnsLaterForm() {
        assertThat(lines(new YarnLockAnalyzer(), "yarn.lock", """
                # This file is generated by running "yarn install" inside your project.

                __metadata:
                  version: 8
                  cacheKey: 10c0

                "@babel/highlight@npm:^7.0.0, @babel/highlight@npm:^7.10.4":
                  version: 7.25.9
                  resolution: "@babel/highlight@npm:7.25.9"
                  dependencies:
                    chalk: "npm:^2.4.2"
                    old: ^1.0.0
                  checksum: 10c0/00
                  languageName: node
                  linkType: hard

                "chalk@npm:^2.4.2":
                  version: 2.4
                  resolution: "chalk@npm:2.4"
                  linkType: hard

                "old@npm:^1.0.0":
                  version: 1.0.1
                  resolution: "old@npm:1.0.1"

                "pad@npm:left-pad@1.3.0":
                  version: 1.3.0
                  resolution: "left-pad@npm:1.3.0"

                "sample@workspace:.":
                  version: 0.0.0-use.local
                  resolution: "sample@workspace:."
                """))
                .containsExactly(
                        "@babel/highlight 7.25.9 - [chalk@2.4, old@1.0.1]",
                        "chalk 2.4 - []",
                        "old 1.0.1 - []",
                        "left-pad 1.3.0 - []");
    }

    @Test
    void pnpmsThreeForms() {
        var expected = List.of(
                "@babel/code-frame 7.12.11 - [use@1.0.0]",
                "left-pad 1.3.0 development []",
                "peer 2.0.0 - []",
                "use 1.0.0 - [peer@2.0.0]");
        assertThat(lines(new PnpmLockAnalyzer(), "pnpm-lock.yaml", """
                lockfileVersion: 5.4
                packages:
                  /@babel/code-frame/7.12.11:
                    resolution: {integrity: sha512-00}
                    dependencies:
                      use: 1.0.0_peer@2.0.0
                    dev: false
                  /left-pad/1.3.0:
                    dev: true
                  /peer/2.0.0:
                    dev: false
                  /use/1.0.0_peer@2.0.0:
                    dependencies:
                      peer: 2.0.0
                    dev: false
                """)).containsExactlyElementsOf(expected);
        assertThat(lines(new PnpmLockAnalyzer(), "pnpm-lock.yaml", """
                lockfileVersion: '6.0'
                packages:
                  /@babel/code-frame@7.12.11:
                    dependencies:
                      use: 1.0.0(peer@2.0.0)
                  /left-pad@1.3.0:
                    dev: true
                  /peer@2.0.0: {}
                  /use@1.0.0(peer@2.0.0):
                    dependencies:
                      peer: 2.0.0
                """)).containsExactlyElementsOf(expected);
        assertThat(lines(new PnpmLockAnalyzer(), "pnpm-lock.yaml", """
                lockfileVersion: '9.0'
                importers:
                  .:
                    dependencies:
                      '@babel/code-frame':
                        specifier: 7.12.11
                        version: 7.12.11
                      own:
                        specifier: workspace:*
                        version: link:parts/own
                    devDependencies:
                      pad:
                        specifier: npm:left-pad@1.3.0
                        version: left-pad@1.3.0
                packages:
                  '@babel/code-frame@7.12.11':
                    resolution: {integrity: sha512-00}
                snapshots:
                  '@babel/code-frame@7.12.11':
                    dependencies:
                      use: 1.0.0(peer@2.0.0)
                  left-pad@1.3.0: {}
                  peer@2.0.0: {}
                  use@1.0.0(peer@2.0.0):
                    dependencies:
                      peer: 2.0.0
                """)).containsExactlyElementsOf(expected);
    }

    @Test
    void aPnpmLockOfUnknownVersionIsUnknown() {
        assertThat(Analyzed.by(new PnpmLockAnalyzer(), "pnpm-lock.yaml", "lockfileVersion: 4\n")
                        .unknowns())
                .containsExactly("a pnpm-lock.yaml of a version that is not known");
    }

    @Test
    void bunsTextHasCommasBeforeBracketsAndFoldersAsKeys() {
        assertThat(lines(new BunLockAnalyzer(), "bun.lock", """
                {
                  "lockfileVersion": 1,
                  "workspaces": {
                    "": {
                      "name": "sample",
                      "dependencies": { "@a/debug": "2.6.9", },
                      "devDependencies": { "ms": "2.1.3", },
                      "optionalDependencies": { "pad": "npm:left-pad@1.3.0", },
                    },
                  },
                  "packages": {
                    "@a/debug": ["@a/debug@2.6.9", "", { "dependencies": { "ms": "2.0.0" } }, "%s"],

                    "@a/debug/ms": ["ms@2.0.0", "", {}, ""],

                    "ms": ["ms@2.1.3", "", { "bin": { "x": "a,]" } }, ""],

                    "own": ["own@workspace:parts/own"],

                    "pad": ["left-pad@1.3.0", "", {}, ""],
                  },
                }
                """.formatted(INTEGRITY)))
                .containsExactly(
                        "@a/debug 2.6.9 - [ms@2.0.0]",
                        "ms 2.0.0 - []",
                        "ms 2.1.3 development []",
                        "left-pad 1.3.0 optional []");
    }

    @Test
    void bunsBinaryFormIsSaidToBeUnknown() {
        assertThat(Analyzed.by(new BunLockAnalyzer(), "srv/bun.lockb", "x").unknowns())
                .singleElement()
                .asString()
                .startsWith("a binary lock file of Bun");
    }

    @Test
    void denosForms() {
        var expected = List.of("@a/debug 2.6.9 - [ms@2.0.0]", "ms 2.0.0 - []");
        assertThat(lines(new DenoLockAnalyzer(), "deno.lock", """
                {"version": "2", "remote": {}, "npm": {"specifiers": {"@a/debug": "@a/debug@2.6.9"}, "packages": {
                  "@a/debug@2.6.9": {"integrity": "sha512-", "dependencies": {"ms": "ms@2.0.0"}},
                  "ms@2.0.0": {"dependencies": {}}}}}
                """)).containsExactlyElementsOf(expected);
        assertThat(lines(new DenoLockAnalyzer(), "deno.lock", """
                {"version": "3", "packages": {"specifiers": {"npm:@a/debug": "npm:@a/debug@2.6.9"}, "npm": {
                  "@a/debug@2.6.9": {"dependencies": {"ms": "ms@2.0.0"}}, "ms@2.0.0": {}}}}
                """)).containsExactlyElementsOf(expected);
        assertThat(lines(new DenoLockAnalyzer(), "deno.lock", """
                {"version": "5", "specifiers": {}, "jsr": {"@std/path@1.0.0": {"integrity": "00"}}, "npm": {
                  "@a/debug@2.6.9_peer@1.0.0": {"dependencies": ["ms@2.0.0"]}, "ms@2.0.0": {}}}
                """)).containsExactlyElementsOf(expected);
    }

    @Test
    void brokenFilesAreUnknown() {
        assertThat(Analyzed.by(new PackageLockAnalyzer(), "package-lock.json", "{")
                        .unknowns())
                .hasSize(1);
        assertThat(Analyzed.by(new YarnLockAnalyzer(), "yarn.lock", "a@1:\n  version \"1.0.0\"\nnonsense\n"))
                .satisfies(analyzed -> {
                    assertThat(analyzed.names()).containsExactly("a 1.0.0");
                    assertThat(analyzed.unknowns()).containsExactly("line 3: no line of a yarn.lock");
                });
        assertThat(Analyzed.by(new PnpmLockAnalyzer(), "pnpm-lock.yaml", "- a").unknowns())
                .containsExactly("the document is no object");
        assertThat(Analyzed.by(new BunLockAnalyzer(), "bun.lock", "{,}").unknowns())
                .hasSize(0);
        assertThat(Analyzed.by(new DenoLockAnalyzer(), "deno.lock", "[]").unknowns())
                .hasSize(1);
    }

    @Test
    void aPackageSaysWhatItNeeds() {
        var found = Analyzed.by(new PackageJsonAnalyzer(), "package.json", """
                {"name": "a", "version": "1.0.0", "scripts": {"name": "x"}, "devDependencies": {"mocha": "8"},
                 "dependencies": {"b": "^1", "pad": "npm:left-pad@1.3.0"}, "optionalDependencies": {"c": "1"}}
                """)
                .packages()
                .getFirst();

        assertThat(found.dependencies()).containsExactly("b", "left-pad", "c");
    }
}
