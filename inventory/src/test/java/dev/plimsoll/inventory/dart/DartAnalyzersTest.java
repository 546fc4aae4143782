package dev.plimsoll.inventory.dart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import org.junit.jupiter.api.Test;

class DartAnalyzersTest {

    @Test
    void readsALockFile() {
        var analyzed = Analyzed.by(new PubspecLockAnalyzer(), "pubspec.lock", """
                packages:
                  args:
                    dependency: "direct main"
                    description: {name: args, sha256: "DIGEST", url: "https://pub.dev"}
                    source: hosted
                    version: "2.4.2"
                  lints:
                    dependency: "direct dev"
                    description: {name: lints, url: "https://pub.example.org"}
                    source: hosted
                    version: "2.0.0"
                  fork:
                    dependency: transitive
                    description: {path: ".", ref: main, resolved-ref: abc, url: "https://example.org/fork.git"}
                    source: git
                    version: "1.0.0"
                  flutter: {dependency: "direct main", description: flutter, source: sdk, version: "0.0.0"}
                sdks:
                  dart: ">=3.0.0 <4.0.0"
                """.replace("DIGEST", "ab".repeat(32)));

        assertThat(analyzed.names()).containsExactly("args 2.4.2", "lints 2.0.0", "fork 1.0.0");
        assertThat(analyzed.packages().get(0).qualifiers()).isEmpty();
        assertThat(analyzed.packages().get(0).properties())
                .containsEntry(PackageProperty.DIGEST, "sha256:" + "ab".repeat(32));
        assertThat(analyzed.packages().get(1).properties()).containsEntry(PackageProperty.SCOPE, "development");
        assertThat(analyzed.packages().get(1).qualifiers()).containsEntry("repository_url", "https://pub.example.org");
        assertThat(analyzed.packages().get(2).qualifiers())
                .containsEntry("vcs_url", "git+https://example.org/fork.git@abc");
        assertThat(Analyzed.by(new PubspecLockAnalyzer(), "pubspec.lock", "packages:\n  a: b\n")
                        .unknowns())
                .containsExactly("packages: an entry that is no package");
    }

    @Test
    void onlyPubsCacheIsInstalled() {
        var text = "name: args\nversion: 2.4.2\ndependencies:\n  meta: ^1.0.0\n";

        var cached = Analyzed.by(new PubspecAnalyzer(), "root/.pub-cache/hosted/pub.dev/args-2.4.2/pubspec.yaml", text);
        assertThat(cached.names()).containsExactly("args 2.4.2");
        assertThat(cached.packages().getFirst().evidence()).isEqualTo(Evidence.INSTALLED);
        assertThat(cached.packages().getFirst().dependencies()).containsExactly("meta");
        assertThat(Analyzed.by(new PubspecAnalyzer(), "app/pubspec.yaml", text)
                        .packages()
                        .getFirst()
                        .evidence())
                .isEqualTo(Evidence.DECLARED);
        assertThat(Analyzed.by(new PubspecAnalyzer(), "app/pubspec.yaml", "name: app\n")
                        .facts())
                .isEmpty();
    }
}
