package dev.plimsoll.server.advisories;

import dev.plimsoll.server.images.ImagesFixtures;
import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.testing.RoleMatrix;
import dev.plimsoll.server.testing.RoleMatrix.Owner;
import dev.plimsoll.server.testing.Rows;
import dev.plimsoll.server.testing.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the routes of this area are asked about in the matrix of roles. Revisions and data sources are of
/// the whole service.
public final class AdvisoriesFixtures {

    /// Of images of every account.
    private static final String COMMON = "CVE-2026-999999";

    private AdvisoriesFixtures() {}

    /// By the names of routes.
    ///
    /// @param folder for an advisory file
    public static Map<String, RoleMatrix.Fixture> all(ObjectStore objects, Path folder) throws IOException {
        var file = Files.readAllBytes(new Records()
                .add("CVE-2026-1", List.of(), "HIGH", Records.npm("nothing", "1.0.0"))
                .build(folder, Instant.parse("2026-01-01T00:00:00Z")));
        Map<String, RoleMatrix.Fixture> all = new HashMap<>();
        all.put("GET /api/v1/revisions", owner -> {
            revision(owner);
            return Target.plain().shared();
        });
        all.put("POST /api/v1/revisions", _ -> Target.plain().shared().body(file));
        all.put("GET /api/v1/revisions/{id}", AdvisoriesFixtures::held);
        all.put("GET /api/v1/revisions/{id}/changes", AdvisoriesFixtures::held);
        all.put("POST /api/v1/revisions/{id}/release", AdvisoriesFixtures::held);
        all.put("POST /api/v1/revisions/{id}/refuse", AdvisoriesFixtures::held);
        all.put("GET /api/v1/data-sources", owner -> {
            source(owner);
            return Target.plain().shared();
        });
        all.put(
                "POST /api/v1/data-sources",
                _ -> Target.plain()
                        .shared()
                        .body("{\"place\":\"https://data.example/" + Rows.number() + "\"}")
                        .answers(201));
        all.put("DELETE /api/v1/data-sources/{id}", owner -> {
            long id = source(owner);
            return Target.plain()
                    .shared()
                    .path("id", Long.toString(id))
                    .unchanged(new Rows(owner.database()).state("data_source", id));
        });
        all.put("GET /api/v1/images/{digest}/findings", owner -> {
            var image = ImagesFixtures.image(owner, objects);
            var vulnerability = "CVE-2026-" + Rows.number();
            hit(owner, image.id(), vulnerability);
            return image.target().marked(vulnerability);
        });
        all.put("GET /api/v1/vulnerabilities/{id}/images", owner -> {
            var image = ImagesFixtures.image(owner, objects);
            hit(owner, image.id(), COMMON);
            return Target.plain()
                    .path("id", COMMON)
                    .query("limit", "1000")
                    .separate()
                    .marked(image.digest());
        });
        return all;
    }

    private static long revision(Owner owner) {
        return new Rows(owner.database()).add("""
                        insert into revision (object, content, built_at, imported_at, origin, state, records)
                        values ('sha256:0', 'sha256:0', timestamptz '2026-01-01Z', timestamptz '2026-01-01Z', 'upload',
                            'held', 1) returning id""");
    }

    private static Target held(Owner owner) {
        long id = revision(owner);
        return Target.plain()
                .shared()
                .path("id", Long.toString(id))
                .unchanged(new Rows(owner.database()).state("revision", id));
    }

    private static long source(Owner owner) {
        return new Rows(owner.database()).add("""
                        insert into data_source (place, every_seconds, next_at)
                        values (?, 3600, timestamptz '2026-01-01Z') returning id""", "https://data.example/" + Rows.number());
    }

    /// Has a package of the image be hit.
    private static void hit(Owner owner, long image, String vulnerability) {
        var rows = new Rows(owner.database());
        long known = rows.add("""
                insert into package (digest, release, purl, type, name, version, context)
                values (?, '', 'pkg:npm/one@1', 'npm', 'one', '1', '{}')
                on conflict (digest) do update set release = '' returning id""", vulnerability.getBytes(StandardCharsets.US_ASCII));
        long set = rows.add("""
                insert into package_set (digest, members) values (?, array[cast(? as integer)])
                on conflict (digest) do update set members = excluded.members returning id""", vulnerability.getBytes(StandardCharsets.US_ASCII), known);
        rows.change("insert into image_package_set (image_id, package_set_id) values (?, ?)", image, (int) set);
        rows.change("""
                insert into match (package_id, vulnerability, ids, severity, fix_state, fixed_in, fingerprint,
                    revision_from, from_at, valid_from)
                values (?, ?, array[cast(? as text)], 'high', 'fixed', array['2'], decode('00', 'hex'), ?,
                    timestamptz '2026-01-01Z', timestamptz '2026-01-01Z')
                on conflict do nothing""", (int) known, vulnerability, vulnerability, revision(owner));
    }
}
