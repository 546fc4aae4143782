package dev.plimsoll.inventory.haskell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import org.junit.jupiter.api.Test;

class HaskellAnalyzersTest {

    @Test
    void readsAPackageOfGhc() {
        var analyzed = Analyzed.by(new GhcPackageAnalyzer(), "var/lib/ghc/package.conf.d/text-icu-0.7.1.0.conf", """
                name:                 text-icu
                version:              0.7.1.0
                id:                   text-icu-0.7.1.0-DDMQEZ6kVIg3qvr0IvV8Xg
                license:              BSD-3-Clause
                synopsis:             Bindings
                description:
                    Some lines

                    after an empty one: with a colon
                depends:
                    base-4.15.1.0 bytestring-0.10.12.1
                    text-1.2.5.0-AbC
                """);

        assertThat(analyzed.names()).containsExactly("text-icu 0.7.1.0");
        assertThat(analyzed.licenses()).containsExactly("BSD-3-Clause");
        assertThat(analyzed.packages().getFirst().dependencies())
                .containsExactly("base@4.15.1.0", "bytestring@0.10.12.1", "text@1.2.5.0");
    }

    @Test
    void anInnerLibraryIsOfItsPackage() {
        assertThat(Analyzed.by(
                                new GhcPackageAnalyzer(),
                                "package.db/a.conf",
                                "name: z-attoparsec-z-internal\nversion: 1\npackage-name: attoparsec\n")
                        .names())
                .containsExactly("attoparsec 1");
        assertThat(Analyzed.by(new GhcPackageAnalyzer(), "package.db/a.conf", "[section]\nkey=1\n")
                        .unknowns())
                .isEmpty();
        assertThat(Analyzed.by(new GhcPackageAnalyzer(), "package.db/a.conf", "name: a\n")
                        .unknowns())
                .containsExactly("a package of GHC without name or version");
    }

    @Test
    void readsFrozenConstraints() {
        var analyzed = Analyzed.by(new CabalFreezeAnalyzer(), "cabal.project.freeze", """
                active-repositories: hackage.haskell.org:merge
                constraints: any.aeson ==2.1.0.0,
                             aeson -cffi +ordered-keymap,
                             any.ghc-prim ==0.8.0,
                             -- any.left-out ==1,
                             zlib >=0.6
                index-state: hackage.haskell.org 2023-01-01T00:00:00Z
                """);

        assertThat(analyzed.names()).containsExactly("aeson 2.1.0.0", "ghc-prim 0.8.0");
        assertThat(analyzed.packages()).allMatch(found -> found.evidence() == Evidence.DECLARED);
    }

    @Test
    void readsWhatStackFixes() {
        assertThat(Analyzed.by(new StackLockAnalyzer(), "stack.yaml.lock", """
                packages:
                - completed:
                    hackage: acme-missiles-0.3@sha256:2ba6,613
                    pantry-tree: {size: 226}
                  original:
                    hackage: acme-missiles-0.3
                - completed:
                    name: from-git
                    version: 1.10
                    git: https://example.org/x
                    commit: abc
                snapshots: []
                """).names())
                .containsExactly("acme-missiles 0.3", "from-git 1.10");
        assertThat(Analyzed.by(new StackLockAnalyzer(), "stack.yaml", """
                resolver: lts-20.0
                extra-deps:
                - text-icu-0.7.1.0
                - git: https://example.org/x
                  commit: abc
                """).names())
                .containsExactly("text-icu 0.7.1.0");
        assertThat(Analyzed.by(new StackLockAnalyzer(), "stack.yaml", "a: [").unknowns())
                .hasSize(1);
    }
}
