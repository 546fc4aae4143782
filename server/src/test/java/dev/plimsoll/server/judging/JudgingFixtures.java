package dev.plimsoll.server.judging;

import dev.plimsoll.policy.bundle.BundleReader;
import dev.plimsoll.policy.waiver.WaiverReader;
import dev.plimsoll.server.images.ImagesFixtures;
import dev.plimsoll.server.images.ImagesFixtures.Made;
import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.testing.RoleMatrix;
import dev.plimsoll.server.testing.RoleMatrix.Owner;
import dev.plimsoll.server.testing.Rows;
import dev.plimsoll.server.testing.Target;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// What the routes of this area are asked about in the matrix of roles.
public final class JudgingFixtures {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private JudgingFixtures() {}

    /// By the names of routes.
    public static Map<String, RoleMatrix.Fixture> all(ObjectStore objects) {
        Map<String, RoleMatrix.Fixture> all = new HashMap<>();
        bundles(all);
        waivers(all);
        all.put("GET /api/v1/images/{digest}/verdict", owner -> {
            var image = ImagesFixtures.image(owner, objects);
            return image.target().marked(verdict(owner, image));
        });
        all.put("GET /api/v1/images/{digest}/verdicts", owner -> {
            var image = ImagesFixtures.image(owner, objects);
            return image.target().marked(verdict(owner, image));
        });
        all.put(
                "GET /api/v1/check",
                owner -> Target.plain()
                        .query("reference", ImagesFixtures.image(owner, objects).name())
                        .refusesOthers(404));
        return all;
    }

    private static void bundles(Map<String, RoleMatrix.Fixture> all) {
        all.put(
                "GET /api/v1/bundles",
                owner -> Target.plain().marked(bundle(owner).name()));
        all.put("POST /api/v1/bundles", owner -> {
            var bundle = bundle(owner);
            // of the same id, and another meaning
            return Target.plain()
                    .body(Service.bundle(bundle.name(), "low", "{}"))
                    .answers(201)
                    .unchanged(new Rows(owner.database()).all("bundle", owner.account()));
        });
        all.put("GET /api/v1/bundles/{id}", owner -> bundle(owner).target(owner));
        all.put("DELETE /api/v1/bundles/{id}", owner -> bundle(owner).target(owner));
        all.put("POST /api/v1/bundles/{id}/activate", owner -> bundle(owner).target(owner));
        all.put("GET /api/v1/what-ifs", owner -> {
            var bundle = bundle(owner);
            whatIf(owner, bundle);
            return Target.plain().marked(bundle.name());
        });
        all.put(
                "POST /api/v1/what-ifs",
                owner -> Target.plain()
                        .body("{\"bundle\":" + bundle(owner).id() + "}")
                        .refusesOthers(404)
                        .unchanged(new Rows(owner.database()).all("what_if", owner.account())));
        all.put("GET /api/v1/what-ifs/{id}", owner -> {
            var bundle = bundle(owner);
            return Target.plain()
                    .path("id", Long.toString(whatIf(owner, bundle)))
                    .marked(bundle.name());
        });
    }

    private static void waivers(Map<String, RoleMatrix.Fixture> all) {
        all.put(
                "GET /api/v1/waivers",
                owner -> Target.plain()
                        .query("limit", "1000")
                        .marked(waivers(owner).name()));
        all.put("GET /api/v1/waivers/{name}", owner -> waivers(owner).target(owner));
        all.put("PUT /api/v1/waivers/{name}", owner -> {
            var waivers = waivers(owner);
            return waivers.target(owner).separate().body(waivers.document().replace("CVE-1", "CVE-2"));
        });
        all.put("DELETE /api/v1/waivers/{name}", owner -> waivers(owner).target(owner));
    }

    /// A bundle of an account.
    ///
    /// @param name its id in the document
    public record MadeBundle(long id, String name) {

        Target target(Owner owner) {
            var rows = new Rows(owner.database());
            var row = rows.state("bundle", id);
            var active = rows.all("activation", owner.account());
            return Target.plain().path("id", Long.toString(id)).unchanged(() -> row.get() + active.get());
        }
    }

    /// A new bundle of the account; it is not the active one.
    public static MadeBundle bundle(Owner owner) {
        var name = "bundle-" + Rows.number();
        var document = Service.bundle(name, "high", "{}");
        var bundle = BundleReader.read("the document", document.getBytes(StandardCharsets.UTF_8))
                .bundle()
                .orElseThrow();
        var row = owner.database()
                .jdbi()
                .inTransaction(handle -> Bundles.add(handle, owner.account(), bundle, document, "somebody", NOW)
                        .row());
        return new MadeBundle(row.id(), name);
    }

    private static long whatIf(Owner owner, MadeBundle bundle) {
        return new Rows(owner.database()).add("""
                        insert into what_if (account_id, bundle_id, state, created_at, created_by)
                        values (?, ?, 'queued', timestamptz '2026-01-01Z', 'somebody') returning id""", owner.account(), bundle.id());
    }

    private record MadeWaivers(String name, String document) {

        Target target(Owner owner) {
            return Target.plain()
                    .path("name", name)
                    .unchanged(new Rows(owner.database()).all("waiver_file", owner.account()));
        }
    }

    private static MadeWaivers waivers(Owner owner) {
        int number = Rows.number();
        var name = "waivers-" + number;
        var document = "version: 1\nwaivers:\n  - {id: w" + number
                + ", scope: {ids: [CVE-1]}, reason: accepted-risk, text: t, owner: o}\n";
        var reading = WaiverReader.read(name, document.getBytes(StandardCharsets.UTF_8));
        owner.database()
                .jdbi()
                .useTransaction(handle -> WaiverFiles.put(handle, owner.account(), reading, document, "somebody", NOW));
        return new MadeWaivers(name, document);
    }

    /// @return what it explains
    private static String verdict(Owner owner, Made image) {
        var words = "explanation-" + Rows.number();
        new Rows(owner.database()).add("""
                        insert into verdict (account_id, image_id, name, decision, final_action, reason, explanation, stops,
                            warns, allowlisted, waived, unjudged, results, bundle_digest, waivers_digest, engine, causes, at)
                        values (?, ?, ?, 'PASS', 'GO', 'policy_evaluation', ?, 0, 0, 0, 0, 0, decode('', 'hex'),
                            'sha256:0', 'sha256:0', 'test', array[]::text[], timestamptz '2026-01-01Z') returning id""", owner.account(), image.id(), image.name(), words);
        return words;
    }
}
