package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules over contents: a bundle says what the run must collect, and judges it.
final class ContentGatesTest {

    /// Of the form of GitHub's, with a right checksum; nobody was ever given it.
    private static final String TOKEN = "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";

    private static final String STATUS = """
            Package: hello
            Status: install ok installed
            Architecture: amd64
            Version: 2.10-3

            """;

    @TempDir
    private Path folder;

    private final List<String> rules = new ArrayList<>();

    @BeforeEach
    void image() throws IOException {
        new TestImage()
                .layer(new TestTar()
                        .file("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nftp:x:14:50::/var/ftp:/sbin/nologin\n")
                        .file("root/.netrc", "token=" + TOKEN + "\n")
                        .file("var/cache/big.bin", "0123456789")
                        .file("var/lib/dpkg/status", STATUS)
                        .file("var/lib/dpkg/info/hello.list", "/.\n/usr/bin/hello\n/usr/share/doc/hello/README\n")
                        .file(
                                "var/lib/dpkg/info/hello.md5sums",
                                "00000000000000000000000000000000  usr/bin/hello\n"
                                        + "00000000000000000000000000000000  usr/share/doc/hello/README\n")
                        .file("usr/bin/hello", "not what was packed"))
                .layer(new TestTar()
                        .file("root/.wh..netrc", "")
                        .file("var/cache/.wh.big.bin", "")
                        .file("etc/app.conf", "Port 22\nPermitRootLogin yes\n")
                        .file("srv/config.ini", "token=" + TOKEN + "\n"))
                .configuration("""
                        {"architecture":"amd64","os":"linux","created":"2026-01-01T00:00:00Z",
                         "config":{"ExposedPorts":{"80/tcp":{}},"Env":["DB_PASSWORD=guess"]}}
                        """)
                .writeDockerArchive(folder.resolve("image.tar"));
        rule("files", "content_regex_match", "regex_name=PORT=Port [0-9]+");
        rule("image_config", "age", "max_days=30");
        rule("image_config", "healthcheck");
        rule("image_config", "privileged_ports");
        rule("image_config", "secret_in_env");
        rule("image_config", "tag_pattern", "required=v[0-9]");
        rule("image_config", "user");
        rule("layers", "deleted_file", "paths=/var/cache/**");
        rule("layers", "secret_in_deleted_file");
        rule("packages", "verify", "ignore_documentation=true");
        rule("passwd_file", "denylist_full_entry", "entry=ftp:x:14:50::/var/ftp:/sbin/nologin");
        rule("passwd_file", "denylist_shells", "shells=/bin/bash");
        rule("retrieved_files", "content_not_available", "path=/etc/nowhere");
        rule("retrieved_files", "content_regex", "path=/etc/app.conf", "regex=PermitRootLogin\\\\s+yes", "check=match");
        rule("secret_scans", "content_regex_checks");
        rule("verification", "deviation", "kinds=missing");
    }

    private void rule(String gate, String trigger, String... parameters) {
        var given = new ArrayList<String>();
        for (var parameter : parameters) {
            int equals = parameter.indexOf('=');
            given.add("{\"name\":\"" + parameter.substring(0, equals) + "\",\"value\":\""
                    + parameter.substring(equals + 1) + "\"}");
        }
        rules.add("{\"id\":\"r%d\",\"gate\":\"%s\",\"trigger\":\"%s\",\"action\":\"STOP\",\"params\":[%s]}"
                .formatted(rules.size() + 1, gate, trigger, String.join(",", given)));
    }

    private String bundle() throws IOException {
        Files.writeString(folder.resolve("bundle.json"), """
                {"id":"b","name":"Contents","version":"2","rule_sets":[{"id":"s","name":"s","version":"2","rules":[%s]}],
                 "allowlists":[],"allowlisted_images":[],"denylisted_images":[],
                 "mappings":[{"id":"m","name":"m","registry":"*","repository":"*","image":{"type":"tag","value":"*"},
                   "rule_set_ids":["s"],"allowlist_ids":[]}]}
                """.formatted(String.join(",\n", rules)));
        return "bundle.json";
    }

    private Run check(String... more) throws IOException {
        var arguments = new ArrayList<>(List.of("check"));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--policy", bundle(), "--at", "2026-06-01"));
        return Run.of(folder, arguments.toArray(String[]::new));
    }

    @Test
    void aBundleIsAllThatARunNeedsToKnow() throws IOException {
        var run = check("image.tar");

        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.out())
                .contains(
                        "/etc/app.conf matches the search PORT=Port [0-9]+ in line 1",
                        "The image was created 2026-01-01T00:00:00Z, over 30 days ago",
                        "The image has no health check",
                        "The port 80/tcp is exposed and lies below 1024",
                        "The environment variable DB_PASSWORD has a value",
                        "The tag 1.4 does not match v[0-9]",
                        "Containers run as root (the image names no user), who is denied",
                        "Layer 1 brings /var/cache/big.bin (10 bytes), which a later layer deletes",
                        "/root/.netrc holds a secret: GitHub personal access token",
                        "/usr/bin/hello of the package hello has another content",
                        "The line of the account ftp in /etc/passwd is denied",
                        "The account root of /etc/passwd has the denied shell /bin/bash",
                        "There is no file /etc/nowhere",
                        "/etc/app.conf matches PermitRootLogin\\s+yes in line 2",
                        "/srv/config.ini holds a secret: GitHub personal access token",
                        "/usr/share/doc/hello/README of the package hello is missing")
                .doesNotContain(TOKEN, "guess", "could not be judged");
    }

    @Test
    void anInventoryMadeWithTheBundleGivesTheSame() throws IOException {
        assertThat(Run.of(folder, "sbom", "image.tar", "--policy", bundle(), "-o", "inventory=facts.json")
                        .code())
                .isZero();

        assertThat(check("inventory:facts.json").out())
                .isEqualTo(check("image.tar").out());
    }

    @Test
    void anInventoryMadeWithoutItSaysWhatWouldHaveToldIt() throws IOException {
        Run.of(folder, "sbom", "image.tar", "-o", "inventory=plain.json");
        rule("malware", "scans");

        assertThat(check("inventory:plain.json", "-o", "json").out())
                .contains(
                        "--search NAME=REGEX",
                        "without --deleted-files",
                        "without --secrets",
                        "without --verify-files",
                        "without --retrieve /etc/app.conf",
                        "without --malware ADDRESS");
    }
}
