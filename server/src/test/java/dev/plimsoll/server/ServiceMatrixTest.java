package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.accounts.AccountsFixtures;
import dev.plimsoll.server.advisories.AdvisoriesFixtures;
import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.images.ImagesFixtures;
import dev.plimsoll.server.jobs.JobsFixtures;
import dev.plimsoll.server.judging.JudgingFixtures;
import dev.plimsoll.server.notify.NotifyFixtures;
import dev.plimsoll.server.objects.FolderObjects;
import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.testing.RoleMatrix;
import dev.plimsoll.server.testing.RoleMatrix.Owner;
import dev.plimsoll.server.testing.Rows;
import dev.plimsoll.server.testing.Target;
import dev.plimsoll.server.testing.TestApi;
import dev.plimsoll.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The whole table of routes in the matrix of roles: nobody reaches into another account.
final class ServiceMatrixTest {

    @TempDir
    private static Path folder;

    private static TestDatabase database;
    private static FolderObjects objects;
    private static SecretBox box;
    private static Areas areas;

    @BeforeAll
    static void start() throws IOException {
        database = TestDatabase.create();
        var places = new Places(folder);
        Files.createDirectories(places.temporary());
        objects = new FolderObjects(places.objects(), places.cache());
        box = new SecretBox(new byte[SecretBox.KEY_LENGTH]);
        areas = new Areas(
                Configuration.of(Map.of(), Map.of(), Optional.empty()),
                new Storage(places, Optional.empty(), database.address(), objects, box),
                database.database(),
                Map.of(),
                InstantSource.system());
    }

    @AfterAll
    static void stop() throws IOException {
        areas.close();
        objects.close();
        database.close();
    }

    @TestFactory
    List<DynamicTest> everyRoleAsksEveryRoute() throws IOException {
        Map<String, RoleMatrix.Fixture> fixtures = new HashMap<>(AccountsFixtures.all());
        fixtures.putAll(ImagesFixtures.all(objects));
        fixtures.putAll(JobsFixtures.all());
        fixtures.putAll(AdvisoriesFixtures.all(objects, folder));
        fixtures.putAll(JudgingFixtures.all(objects));
        fixtures.putAll(NotifyFixtures.all(box));
        for (var open : List.of("/livez", "/readyz", "/metrics", "/api/v1/openapi.json", "/api/v1/version")) {
            fixtures.put("GET " + open, _ -> Target.plain());
        }
        return new RoleMatrix(database.database(), areas.routes(), fixtures).tests();
    }

    private static Owner owner(String account) {
        long id = TestApi.account(database.database(), account);
        return new Owner(database.database(), id, new Principal(id, account, "admin", Role.ADMIN.permissions()));
    }

    @Test
    void noQueryNamesABundleOfAnotherAccount() throws IOException {
        var mine = owner("asking");
        var image = ImagesFixtures.image(mine, objects);
        var api = new TestApi(areas.routes()).as(mine.principal());
        var question = "/api/v1/check?reference=" + image.digest() + "&bundle=";
        assertThat(api.get(question + JudgingFixtures.bundle(mine).id()).status())
                .isEqualTo(200);
        assertThat(api.get(question + JudgingFixtures.bundle(owner("asked")).id())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void jobsOfTheServiceAreNoAccounts() {
        long job = new Rows(database.database()).add("""
                        insert into job (lane, kind, key, payload, state, not_before, created_at)
                        values ('sweep', 'of-the-service', 'one', '{}', 'poison', timestamptz '2026-01-01Z',
                            timestamptz '2026-01-01Z') returning id""");
        var api = new TestApi(areas.routes()).as(owner("curious").principal());
        assertThat(api.get("/api/v1/jobs").text()).doesNotContain("of-the-service");
        assertThat(api.get("/api/v1/jobs/" + job).status()).isEqualTo(404);
        assertThat(api.delete("/api/v1/jobs/" + job).status()).isEqualTo(404);
        assertThat(api.post("/api/v1/jobs/" + job + "/retry", "").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/jobs/" + job + "/events").status()).isEqualTo(404);
    }
}
