package dev.plimsoll.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.backup.Doctor.Extent;
import dev.plimsoll.server.objects.FolderObjects;
import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.store.Database;
import dev.plimsoll.server.testing.TestApi;
import dev.plimsoll.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorTest {

    private static final Extent QUICK = new Extent(false, false);
    private static final Extent THOROUGH = new Extent(true, false);
    private static final Extent BROOM = new Extent(false, true);

    private final TestDatabase test = TestDatabase.create();
    private final Jdbi jdbi = test.database().jdbi();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private FolderObjects objects;

    DoctorTest() throws IOException {
        objects = new FolderObjects(Files.createTempDirectory("objects"), Files.createTempDirectory("cache"));
    }

    @BeforeEach
    void open() throws IOException {
        objects = new FolderObjects(folder.resolve("objects"), folder.resolve("cache"));
        now = Files.getLastModifiedTime(folder).toInstant();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private List<Finding> examine(Extent extent, Check... checks) {
        return examine(test.address(), extent, checks);
    }

    private List<Finding> examine(Database.Address address, Extent extent, Check... checks) {
        return new Doctor(address, objects, InstantSource.fixed(now), List.of(folder), List.of(checks)).examine(extent);
    }

    private static List<String> grave(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() != Finding.Severity.NOTE)
                .peek(finding -> assertThat(finding.remedy()).isNotEmpty())
                .map(finding -> finding.severity() + " " + finding.what())
                .toList();
    }

    private String revision(byte[] content) throws IOException {
        var digest = objects.put(out -> out.write(content));
        jdbi.useHandle(handle -> handle.execute(
                "insert into revision (object, content, built_at, imported_at, origin, state, records)"
                        + " values (?, 'c', now(), now(), 'upload', 'active', 1)",
                digest));
        return digest;
    }

    private Path file(String digest) {
        return folder.resolve("objects/sha256/" + digest.substring(7, 9) + "/" + digest.substring(7) + ".zst");
    }

    @Test
    void findsNothingGraveInANewServiceButThatItKnowsNothing() {
        var findings = examine(THOROUGH);
        assertThat(grave(findings)).singleElement().asString().contains("no active advisory data");
        assertThat(findings).anySatisfy(finding -> assertThat(finding.what()).contains("PostgreSQL"));
        assertThat(findings).anySatisfy(finding -> assertThat(finding.what()).contains("tables have version"));
    }

    @Test
    void tellsAMissingADamagedAndAFileThatDoesNotOpen() throws IOException {
        var digest = revision(new byte[] {1, 2, 3});
        assertThat(grave(examine(THOROUGH)))
                .singleElement()
                .asString()
                .startsWith("ERROR the active advisory data cannot be opened");
        Files.write(file(digest), new byte[3]);
        objects = new FolderObjects(folder.resolve("objects"), folder.resolve("other-cache"));
        assertThat(grave(examine(THOROUGH)))
                .anySatisfy(what ->
                        assertThat(what).startsWith("ERROR objects are damaged").contains(digest));
        assertThat(grave(examine(QUICK))).noneSatisfy(what -> assertThat(what).contains("objects are damaged"));
        Files.delete(file(digest));
        assertThat(grave(examine(QUICK)))
                .anySatisfy(what -> assertThat(what)
                        .startsWith("ERROR objects that rows name are missing")
                        .contains(digest));
    }

    @Test
    void sweepsAwayOnlyWhatIsOldAndNobodyNames() throws IOException {
        var named = revision(new byte[] {1});
        var old = objects.put(out -> out.write(2));
        var young = objects.put(out -> out.write(3));
        for (var digest : new String[] {named, old}) {
            Files.setLastModifiedTime(file(digest), FileTime.from(now.minus(Duration.ofDays(2))));
        }
        assertThat(examine(QUICK))
                .anySatisfy(finding -> assertThat(finding.what()).contains("names 1 objects"));
        assertThat(objects.has(old)).isTrue();
        assertThat(examine(BROOM))
                .anySatisfy(finding -> assertThat(finding.what()).isEqualTo("deleted 1 objects that no row names"));
        assertThat(objects.has(old)).isFalse();
        assertThat(objects.has(young)).isTrue();
        assertThat(objects.has(named)).isTrue();
    }

    @Test
    void tellsJobsThatWereGivenUpOrThatNobodyTakes() {
        jdbi.useHandle(handle -> handle.execute("""
                insert into job (lane, kind, key, payload, state, reason, not_before, lease_until, created_at) values
                ('sweep', 'analysis', 'given', '{}', 'poison', 'no such image', now(), null, now()),
                ('sweep', 'analysis', 'waiting', '{}', 'queued', null, now() - interval '2 days', null, now()),
                ('sweep', 'analysis', 'left', '{}', 'running', null, now(), now() - interval '2 days', now()),
                ('sweep', 'analysis', 'later', '{}', 'queued', null, now() + interval '2 days', null, now())
                """));
        now = Instant.now();
        assertThat(grave(examine(QUICK)))
                .anySatisfy(what -> assertThat(what).contains("given up").contains("analysis given: no such image"))
                .anySatisfy(what -> assertThat(what).contains("2 (analysis waiting, analysis left)"));
    }

    @Test
    void tellsSecretsThatTheKeyDoesNotOpen() {
        var key = new byte[SecretBox.KEY_LENGTH];
        var box = new SecretBox(key);
        var account = TestApi.account(test.database(), "a");
        jdbi.useHandle(handle -> handle.execute(
                "insert into registry_credential (account_id, registry, username, secret, created_at)"
                        + " values (?, 'r.example', 'u', ?, now())",
                account,
                box.seal("hush", "registry " + account + " r.example")));
        assertThat(grave(examine(QUICK, new SecretsCheck(box)))).noneMatch(what -> what.contains("secrets"));
        key[0] = 1;
        assertThat(grave(examine(QUICK, new SecretsCheck(new SecretBox(key)))))
                .anySatisfy(
                        what -> assertThat(what).contains("secrets").contains("registry " + account + " r.example"));
    }

    @Test
    void goesOnWhereACheckFailsAndLetsNoneWrite() {
        var findings = examine(
                QUICK,
                (handle, _) -> handle.execute("insert into setting values ('a', 'b')"),
                (_, found) -> found.accept(Finding.note("asked")));
        assertThat(grave(findings)).anySatisfy(what -> assertThat(what).contains("read-only transaction"));
        assertThat(findings).contains(Finding.note("asked"));
    }

    @Test
    void tellsADatabaseThatIsNotThereOrIsEmptyOrNewer() {
        var address = new Database.Address("jdbc:postgresql://127.0.0.1:1/x", "us", "hush", 1);
        assertThat(grave(examine(address, QUICK)))
                .singleElement()
                .asString()
                .contains("127.0.0.1:1")
                .doesNotContain("hush");
        assertThat(grave(examine(TestDatabase.empty(TestDatabase.Kind.EMBEDDED), QUICK)))
                .singleElement()
                .asString()
                .contains("holds no data of this service");
        jdbi.useHandle(handle -> handle.execute("update flyway_schema_history set version = '99'"));
        assertThat(grave(examine(QUICK))).singleElement().asString().contains("version 99");
    }

    @Test
    void takesWhatANewColumnNamesForNamed() throws Exception {
        var named = objects.put(out -> out.write(2));
        var audited = objects.put(out -> out.write(3));
        Files.setLastModifiedTime(file(named), FileTime.from(now.minus(Duration.ofDays(2))));
        Files.setLastModifiedTime(file(audited), FileTime.from(now.minus(Duration.ofDays(2))));
        var account = TestApi.account(test.database(), "a");
        jdbi.useHandle(handle -> {
            handle.execute("create table later (diff_object text)");
            handle.execute("insert into later values (?), (null)", named);
            handle.execute("insert into audit_event values (?, 1, now(), 'a', 'b', ?, '{}', '', '')", account, audited);
        });
        examine(BROOM);
        assertThat(objects.has(named)).isTrue();
        assertThat(objects.has(audited)).isFalse();
    }
}
