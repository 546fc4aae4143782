package dev.plimsoll.server.advisories;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.jobs.JobQueue;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Revisions of the advisory data: all accounts share them.
public final class RevisionRoutes {

    private final Database database;
    private final RevisionImport imports;
    private final RevisionAudit audit;
    private final InstantSource clock;

    public RevisionRoutes(Database database, RevisionImport imports, RevisionAudit audit, InstantSource clock) {
        this.database = database;
        this.imports = imports;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/api/v1/revisions", Permission.READ_DATA, this::list),
                new Route(
                        Method.POST, "/api/v1/revisions", Permission.WRITE_DATA, RevisionImport.MAX_BYTES, this::take),
                new Route(Method.GET, "/api/v1/revisions/{id}", Permission.READ_DATA, this::one),
                new Route(Method.GET, "/api/v1/revisions/{id}/changes", Permission.READ_DATA, this::changes),
                new Route(Method.POST, "/api/v1/revisions/{id}/release", Permission.WRITE_DATA, this::release),
                new Route(Method.POST, "/api/v1/revisions/{id}/refuse", Permission.WRITE_DATA, this::refuse));
    }

    private Reply list(Request request) {
        int limit = Page.limit(request);
        var before = Page.afterNumber(request);
        return Page.of(
                        database.jdbi()
                                .<List<Revision>, RuntimeException>withHandle(
                                        handle -> Revisions.page(handle, before, limit + 1)),
                        limit,
                        revision -> Long.toString(revision.id()))
                .reply(RevisionRoutes::write);
    }

    private Reply take(Request request) throws IOException {
        var imported = imports.take(request.body(), "upload", request.flag("force"));
        if (!imported.known()) {
            database.jdbi()
                    .useTransaction(handle -> audit.did(
                            handle,
                            request.principal(),
                            "revision.import",
                            "revision/" + imported.revision().id()));
        }
        return Reply.json(imported.known() ? 200 : 202, json -> write(json, imported.revision()))
                .with("location", "/api/v1/revisions/" + imported.revision().id());
    }

    private Reply one(Request request) {
        long id = request.id("id");
        return Reply.json(json -> write(
                json,
                database.jdbi().<Revision, RuntimeException>withHandle(handle -> Revisions.demanded(handle, id))));
    }

    private Reply changes(Request request) {
        long id = request.id("id");
        int limit = Page.limit(request);
        var after = Page.after(request);
        if (after.isPresent() && after.get().indexOf('\n') < 0) {
            throw ProblemException.invalid("cursor", "this is no cursor of this list; begin without one");
        }
        return database.jdbi().<Reply, RuntimeException>withHandle(handle -> {
            Revisions.demanded(handle, id);
            return Page.of(
                            changes(handle, id, after.orElse("\n"), limit + 1),
                            limit,
                            change -> change.ecosystem() + "\n" + change.name())
                    .reply((json, change) -> json.object(() -> json.member("ecosystem", change.ecosystem())
                            .member("name", change.name())
                            .member("kind", change.kind())));
        });
    }

    private record NameChange(String ecosystem, String name, String kind) {}

    private static List<NameChange> changes(Handle handle, long revision, String after, int limit) {
        return handle.createQuery("""
                        select ecosystem, name, kind from revision_change
                        where revision_id = :id and (ecosystem, name) > (:ecosystem, :name)
                        order by ecosystem, name limit :limit""")
                .bind("id", revision)
                .bind("ecosystem", after.substring(0, after.indexOf('\n')))
                .bind("name", after.substring(after.indexOf('\n') + 1))
                .bind("limit", limit)
                .map((row, _) -> new NameChange(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    private Reply release(Request request) {
        long id = request.id("id");
        return decided(handle -> {
            move(handle, request, id, Revision.State.CHECKING, Optional.empty());
            JobQueue.add(handle, RevisionImport.job(id, true), clock.instant());
            audit.did(handle, request.principal(), "revision.release", "revision/" + id);
            return Revisions.demanded(handle, id);
        });
    }

    private Reply refuse(Request request) {
        long id = request.id("id");
        return decided(handle -> {
            var held = Revisions.demanded(handle, id);
            move(handle, request, id, Revision.State.REFUSED, held.reason());
            audit.did(handle, request.principal(), "revision.refuse", "revision/" + id);
            return Revisions.demanded(handle, id);
        });
    }

    private static void move(Handle handle, Request request, long id, Revision.State to, Optional<String> reason) {
        var found = Revisions.demanded(handle, id);
        if (!Revisions.move(
                handle,
                id,
                Revision.State.HELD,
                to,
                reason,
                Optional.of(request.principal().name()))) {
            throw ProblemException.conflict("revision " + id + " is "
                    + found.state().word() + "; only one that is held can be released or refused");
        }
    }

    private Reply decided(Decision decision) {
        return Reply.json(
                json -> write(json, database.jdbi().<Revision, RuntimeException>inTransaction(decision::take)));
    }

    /// What somebody decides of a revision.
    private interface Decision {
        Revision take(Handle handle);
    }

    private static void write(JsonWriter json, Revision revision) {
        json.object(() -> {
            json.member("id", revision.id());
            json.member("state", revision.state().word());
            json.member("reason", revision.reason());
            json.member("origin", revision.origin());
            json.member("object", revision.object());
            json.member("content", revision.content());
            json.member("records", revision.records());
            json.member("built_at", revision.builtAt().toString());
            json.member("imported_at", revision.importedAt().toString());
            json.member("active_from", revision.activeFrom().map(Instant::toString));
            json.member("active_to", revision.activeTo().map(Instant::toString));
            json.member("decided_by", revision.decidedBy());
            revision.summary().ifPresent(summary -> {
                try {
                    json.member("summary", JsonReader.read(summary, JsonLimits.AUTHORED));
                } catch (JsonException e) {
                    throw new IllegalStateException("the summary of revision " + revision.id() + " is damaged", e);
                }
            });
        });
    }
}
