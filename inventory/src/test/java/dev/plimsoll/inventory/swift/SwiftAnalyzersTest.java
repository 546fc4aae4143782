package dev.plimsoll.inventory.swift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import org.junit.jupiter.api.Test;

class SwiftAnalyzersTest {

    @Test
    void readsEachVersionOfResolvedPackages() {
        var analyzer = new PackageResolvedAnalyzer();

        assertThat(Analyzed.by(analyzer, "Package.resolved", """
                {"object": {"pins": [
                  {"package": "NIO", "repositoryURL": "https://github.com/apple/swift-nio.git",
                   "state": {"branch": null, "revision": "abc", "version": "2.40.0"}},
                  {"package": "B", "repositoryURL": "git@example.org:group/sub/b.git",
                   "state": {"branch": "main", "revision": "def", "version": null}}
                ]}, "version": 1}
                """).names())
                .containsExactly("github.com/apple/swift-nio 2.40.0", "example.org/group/sub/b def");
        assertThat(Analyzed.by(analyzer, "Package.resolved", """
                {"pins": [
                  {"identity": "swift-nio", "kind": "remoteSourceControl", "location": "ssh://git@GitHub.com:22/apple/swift-nio/",
                   "state": {"revision": "abc", "version": "2.41.0"}},
                  {"identity": "mona.linkedlist", "kind": "registry", "location": "", "state": {"version": "1.2.0"}},
                  {"identity": "own", "kind": "localSourceControl", "location": "/home/x/own", "state": {"revision": "1"}}
                ], "version": 3, "originHash": "00"}
                """).names())
                .containsExactly("github.com/apple/swift-nio 2.41.0", "mona/linkedlist 1.2.0");
        assertThat(Analyzed.by(analyzer, "Package.resolved", "{\"pins\": [").unknowns())
                .hasSize(1);
    }

    @Test
    void readsPods() {
        var analyzed = Analyzed.by(new PodfileLockAnalyzer(), "Podfile.lock", """
                PODS:
                  - AFNetworking (4.0.1):
                    - AFNetworking/NSURLSession (= 4.0.1)
                    - Other/Core (~> 1.0)
                  - AFNetworking/NSURLSession (4.0.1):
                    - Third
                  - Other/Core (1.2)
                  - Third (3)

                DEPENDENCIES:
                  - AFNetworking (~> 4.0)

                COCOAPODS: 1.11.3
                """);

        assertThat(analyzed.names()).containsExactly("AFNetworking 4.0.1", "Other 1.2", "Third 3");
        assertThat(analyzed.packages().getFirst().dependencies()).containsExactly("Other", "Third");
        assertThat(Analyzed.by(new PodfileLockAnalyzer(), "Podfile.lock", "PODS: [")
                        .unknowns())
                .hasSize(1);
    }
}
