package dev.plimsoll.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.server.testing.TestApi;
import dev.plimsoll.server.testing.TestDatabase;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the queries rely on, on each PostgreSQL that the service may meet.
final class StoreContractTest {

    private static final OffsetDateTime NOW =
            Instant.parse("2026-01-01T00:00:00Z").atOffset(ZoneOffset.UTC);

    private static TestDatabase on(TestDatabase.Kind kind) {
        if (!kind.isHere()) {
            System.err.println("SKIPPED " + kind + ": no PostgreSQL of that kind is installed");
        }
        assumeTrue(kind.isHere(), "no PostgreSQL of that kind is installed");
        return TestDatabase.on(kind);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void takesEveryMigrationOnAServerNewEnough(TestDatabase.Kind kind) {
        try (var test = on(kind)) {
            var version = test.database()
                    .jdbi()
                    .withHandle(handle -> handle.createQuery("show server_version_num")
                            .mapTo(Integer.class)
                            .one());
            assertThat(version / 10_000).isGreaterThanOrEqualTo(ServerVersion.OLDEST);
            boolean migrated = test.database()
                    .jdbi()
                    .withHandle(handle -> handle.createQuery("select bool_and(success) from flyway_schema_history")
                            .mapTo(Boolean.class)
                            .one());
            assertThat(migrated).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void keepsWhatTheServiceWrites(TestDatabase.Kind kind) {
        try (var test = on(kind)) {
            var account = TestApi.account(test.database(), "a");
            test.database().jdbi().useTransaction(handle -> {
                var image = image(handle, account);
                assertThat(handle.createQuery("select image_id from tag where to_at is null and account_id = :account")
                                .bind("account", account)
                                .mapTo(Long.class)
                                .list())
                        .containsExactly(image);
                // sets are asked by a member, matches by one of their ids: both by inverted indexes
                assertThat(handle.createQuery("""
                                        select i.id
                                        from match m
                                        join package_set s on s.members @> array[m.package_id]
                                        join image_package_set ips on ips.package_set_id = s.id
                                        join image i on i.id = ips.image_id and i.account_id = :account
                                        where m.ids @> array[:id::text] and m.valid_to is null
                                        """)
                                .bind("account", account)
                                .bind("id", "GHSA-1")
                                .mapTo(Long.class)
                                .list())
                        .containsExactly(image);
            });
        }
    }

    private static long image(Handle handle, long account) {
        var image = id(
                handle,
                "insert into image (account_id, digest, state, added_at) values (?, 'sha256:1', 'analyzed', ?) returning id",
                account,
                NOW);
        handle.execute(
                "insert into tag (account_id, registry, repository, tag, image_id, from_at) values (?, 'r', 'p', 't', ?, ?)",
                account,
                image,
                NOW);
        var one = id(
                handle,
                "insert into package (digest, release, purl, type, name, version, context)"
                        + " values ('\\x01', 'debian:12', 'pkg:deb/a@1', 'deb', 'a', '1', '{}') returning id");
        var set = id(
                handle,
                "insert into package_set (digest, members) values ('\\x02', array[?::integer]) returning id",
                one);
        handle.execute("insert into image_package_set values (?, ?)", image, set);
        var revision = id(
                handle,
                "insert into revision (object, content, built_at, imported_at, origin, state, records)"
                        + " values ('sha256:o', 'c', ?, ?, 'upload', 'active', 1) returning id",
                NOW,
                NOW);
        handle.execute("""
                insert into match (package_id, vulnerability, ids, severity, fix_state, fixed_in, fingerprint,
                    revision_from, from_at, valid_from)
                values (?, 'CVE-1', array['CVE-1', 'GHSA-1'], 'high', 'fixed', array['2'], '\\x03', ?, ?, ?)
                """, one, revision, NOW, NOW);
        return image;
    }

    private static long id(Handle handle, String statement, Object... values) {
        var query = handle.createQuery(statement);
        for (var i = 0; i < values.length; i++) {
            query.bind(i, values[i]);
        }
        return query.mapTo(Long.class).one();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void holdsWhatMayBeThereOnlyOnce(TestDatabase.Kind kind) {
        try (var test = on(kind)) {
            var account = TestApi.account(test.database(), "a");
            var jdbi = test.database().jdbi();
            jdbi.useTransaction(handle -> image(handle, account));
            for (var statement : new String[] {
                "insert into tag (account_id, registry, repository, tag, image_id, from_at)"
                        + " select account_id, registry, repository, tag, image_id, from_at from tag",
                "insert into revision (object, content, built_at, imported_at, origin, state, records)"
                        + " select object, content, built_at, imported_at, origin, state, records from revision",
                "insert into image (account_id, digest, state, added_at) select account_id, digest, state, added_at from image"
            }) {
                assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute(statement)))
                        .hasMessageContaining("duplicate key");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void skipsRowsThatSomebodyElseHolds(TestDatabase.Kind kind) {
        try (var test = on(kind)) {
            var jdbi = test.database().jdbi();
            jdbi.useHandle(handle -> handle.execute("""
                    insert into job (lane, kind, key, payload, state, not_before, created_at)
                    select 'sweep', 'k', n::text, '{}', 'queued', ?, ? from generate_series(1, 2) n
                    """, NOW, NOW));
            var next = "select key from job where state = 'queued' order by id limit 1 for update skip locked";
            // two handles: a transaction within one of the same thread would be the same
            try (var first = jdbi.open().begin();
                    var second = jdbi.open().begin()) {
                assertThat(first.createQuery(next).mapTo(String.class).one()).isEqualTo("1");
                assertThat(second.createQuery(next).mapTo(String.class).one()).isEqualTo("2");
                first.rollback();
                second.rollback();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void deletesAnAccountWithAllThatIsIts(TestDatabase.Kind kind) {
        try (var test = on(kind)) {
            var account = TestApi.account(test.database(), "a");
            test.database().jdbi().useTransaction(handle -> {
                image(handle, account);
                handle.execute("""
                        insert into event (id, account_id, kind, causes, at, image_id, name, payload, quiet)
                        select ?, account_id, 'tag_update', array[]::text[], ?, id, '', '{}', false from image
                        """, UUID.fromString("00000000-0000-0000-0000-000000000001"), NOW);
                handle.execute("delete from account where id = ?", account);
                for (var table : new String[] {"image", "tag", "image_package_set", "event"}) {
                    assertThat(handle.createQuery("select count(*) from " + table)
                                    .mapTo(Integer.class)
                                    .one())
                            .as(table)
                            .isZero();
                }
            });
        }
    }
}
