package dev.plimsoll.inventory.scan;

import static dev.plimsoll.inventory.scan.LayeredImage.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.inventory.analysis.AnalysisSettings;
import dev.plimsoll.inventory.analysis.ContentSearch;
import dev.plimsoll.inventory.content.Account;
import dev.plimsoll.inventory.content.Account.Password;
import dev.plimsoll.inventory.content.ContentMatch;
import dev.plimsoll.inventory.content.DeletedFile;
import dev.plimsoll.inventory.content.Group;
import dev.plimsoll.inventory.content.RetrievedFile;
import dev.plimsoll.inventory.content.Secret;
import dev.plimsoll.inventory.content.ShadowEntry;
import dev.plimsoll.inventory.serial.InventoryWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What contents say, across layers.
final class ContentAssemblyTest {

    /// Of the right form and with the right checksum; nobody's.
    private static final String TOKEN = "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";

    @TempDir
    private Path folder;

    private Inventory scan(LayeredImage image, AnalysisRequest request) {
        return image.scan(
                folder,
                new ScanOptions(
                        AnalysisSettings.defaults().including(request),
                        Optional.empty(),
                        List.of(),
                        ReadOptions.defaults(),
                        ScanLimits.DEFAULTS));
    }

    private static AnalysisRequest secrets() {
        return AnalysisRequest.ofSecrets();
    }

    @Test
    void secretsOfAllLayersAndOfTheConfigurationAreFoundAndNotKept() throws IOException {
        var inventory = scan(
                LayeredImage.of(
                                layer().file("a/gone", "x\ntoken=" + TOKEN + "\n")
                                        .file("a/old", "t=" + TOKEN),
                                layer().without("a/gone")
                                        .file("a/old", "nothing")
                                        .file("b/there", TOKEN + "\n"),
                                layer().hardLink("b/link", "b/there"))
                        .configuration("\"config\":{\"Env\":[\"A=1\",\"T=" + TOKEN + "\"],\"Labels\":{\"l\":\"" + TOKEN
                                + "\"},\"Cmd\":[\"run\",\"--token=" + TOKEN + "\"]},"
                                + "\"history\":[{\"created_by\":\"RUN x " + TOKEN + "\"}]"),
                secrets());

        var found = inventory.contents().secrets().orElseThrow();
        assertThat(found)
                .extracting(secret -> secret.path() + ":" + secret.line() + " "
                        + (secret.layer().isPresent() ? secret.layer().getAsInt() : "-")
                        + (secret.deleted() ? " deleted" : ""))
                .containsExactly(
                        "a/gone:2 0 deleted",
                        "a/old:1 0 deleted",
                        "b/there:1 1",
                        "config:command:2 -",
                        "config:env:2 -",
                        "config:history:1 -",
                        "config:labels:1 -");
        assertThat(found).extracting(Secret::rule).containsOnly("github-personal-token");
        assertThat(found)
                .extracting(Secret::digest)
                .as("one secret, one digest")
                .hasSize(7)
                .containsOnly(found.getFirst().digest());
        assertThat(found).extracting(Secret::redacted).containsOnly("ghp_\u2026");
    }

    /// The configuration itself is a fact that is kept whole, as it stands; so it is left out here.
    @Test
    void whatIsWrittenDoesNotHoldTheSecret() throws IOException {
        var out = new ByteArrayOutputStream();
        InventoryWriter.write(scan(LayeredImage.of(layer().file("a", "t=" + TOKEN)), secrets()), out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"secrets\":[{")
                .doesNotContain(TOKEN.substring(4));
    }

    @Test
    void aHardLinkHasTheSecretsOfItsFile() {
        var inventory = scan(LayeredImage.of(layer().file("a", TOKEN).hardLink("b", "a")), secrets());

        assertThat(inventory.contents().secrets().orElseThrow())
                .extracting(Secret::path)
                .containsExactly("a", "b");
    }

    @Test
    void manySecretsOfAFileAreBoundedAndSaid() {
        var text = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            text.append("https://robot:Zq81kLw").append(i).append("pR@registry.internal.net/\n");
        }
        var inventory = scan(LayeredImage.of(layer().file("a", text.toString())), secrets());

        assertThat(inventory.contents().secrets().orElseThrow()).hasSize(100);
        assertThat(inventory.unknowns())
                .extracting(Unknown::reason)
                .containsExactly("over 100 secrets; the others are not listed");
    }

    @Test
    void whatWasNotAskedForIsNotCollected() {
        var contents = LayeredImage.of(layer().file("a", TOKEN)).scan(folder).contents();

        assertThat(contents.secrets()).isEmpty();
        assertThat(contents.matches()).isEmpty();
        assertThat(contents.retrieved()).isEmpty();
        assertThat(contents.accounts()).isPresent();
    }

    @Test
    void searchesAndRetrievedFilesAreOfWhatIsVisible() {
        var inventory = scan(
                LayeredImage.of(
                        layer().file("a", "one\ntwo\r\nthree two\n")
                                .file("b", "two")
                                .file("c", 0644, new byte[] {0, 't', 'w', 'o'}),
                        layer().without("b")
                                .file("etc/large", "x".repeat((1 << 20) + 1))
                                .file("etc/small", "s")),
                new AnalysisRequest(
                        Set.of(),
                        false,
                        false,
                        Set.of(new ContentSearch("end", "two$"), new ContentSearch("none", "four")),
                        Set.of("/etc/*"),
                        false));

        assertThat(inventory.contents().matches().orElseThrow())
                .containsExactly(new ContentMatch("end", "a", 0, List.of(2, 3)));
        assertThat(inventory.contents().searches().orElseThrow())
                .as("what found nothing was looked for all the same")
                .containsExactly(new ContentSearch("end", "two$"), new ContentSearch("none", "four"));
        assertThat(inventory.contents().retrieved().orElseThrow())
                .containsExactly(new RetrievedFile(
                        "etc/small", Base64.getEncoder().encodeToString("s".getBytes(StandardCharsets.UTF_8))));
        assertThat(inventory.unknowns())
                .extracting(Unknown::reason)
                .containsExactly(
                        "is not retrieved: its 1048577 bytes are over the limit of 1048576 (--max-retrieved-bytes)");
    }

    @Test
    void deletedFilesAreThoseThatNoContainerShows() {
        var image = LayeredImage.of(
                layer().file("a/gone", "12345")
                        .file("a/replaced", "x")
                        .file("folder/inside", "123")
                        .file("stays", "x")
                        .file("left/out", "x")
                        .symbolicLink("lib", "usr/lib")
                        .file("lib/through", "x"),
                layer().without("a/gone")
                        .without("folder")
                        .without("left")
                        .file("a/replaced", "y")
                        .file("later", "1"),
                layer().without("later"));

        var found = scan(image, AnalysisRequest.ofDeletedFiles()).contents().deleted();
        assertThat(found.orElseThrow())
                .containsExactly(
                        new DeletedFile("a/gone", 0, 5),
                        new DeletedFile("folder/inside", 0, 3),
                        new DeletedFile("later", 1, 1),
                        new DeletedFile("left/out", 0, 1));
        assertThat(scan(image, AnalysisRequest.nothing()).contents().deleted()).isEmpty();
    }

    @Test
    void accountsAreThoseOfTheVisibleFiles() {
        var inventory = LayeredImage.of(
                        layer().file("etc/passwd", "old:x:1:1::/:/bin/sh\n"),
                        layer().file("etc/passwd", """
                                # comment
                                root:x:0:0:root:/root:/bin/bash

                                ghost::1001:1001::/home/ghost:
                                hash:$6$salt$secrethash:5:5::/:/bin/sh
                                badline
                                :x:5:5::/:
                                """)
                                .file("etc/group", "wheel:x:10:root,app\nempty:x:11:\nbad:x:y:\n")
                                .file("etc/shadow", """
                                root:$6$salt$secrethash:19000:0:99999:7:::
                                a:*:1::::::
                                b:!$6$x$secrethash:1::::::
                                c::1::::::
                                d:secrethash
                                """))
                .scan(folder);

        var accounts = inventory.contents().accounts().orElseThrow();
        assertThat(accounts.accounts())
                .containsExactly(
                        new Account("root", 0, 0, "root", "/root", "/bin/bash", Password.SHADOWED),
                        new Account("ghost", 1001, 1001, "", "/home/ghost", "", Password.EMPTY),
                        new Account("hash", 5, 5, "", "/", "/bin/sh", Password.SET));
        assertThat(accounts.groups())
                .containsExactly(new Group("wheel", 10, List.of("root", "app")), new Group("empty", 11, List.of()));
        assertThat(accounts.passwords())
                .containsExactly(
                        new ShadowEntry("root", Password.SET),
                        new ShadowEntry("a", Password.LOCKED),
                        new ShadowEntry("b", Password.LOCKED),
                        new ShadowEntry("c", Password.EMPTY));
        assertThat(inventory.unknowns())
                .extracting(unknown -> unknown.path() + " " + unknown.place())
                .containsExactly("etc/group line 3", "etc/passwd line 6", "etc/passwd line 7", "etc/shadow line 5");
        assertThat(inventory.toString()).doesNotContain("secrethash");
    }
}
