package dev.plimsoll.server.judging;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.policy.bundle.BundleProblem;
import dev.plimsoll.policy.bundle.BundleProblem.Severity;
import dev.plimsoll.policy.waiver.WaiverReader;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.judging.WaiverFiles.WaiverRow;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Files of waivers of the API. A file that changes, comes or goes has all images of the account judged anew.
public final class WaiverRoutes {

    private static final String FILES = "/api/v1/waivers";
    private static final String FILE = FILES + "/{name}";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final Database database;
    private final InstantSource clock;

    public WaiverRoutes(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, FILES, Permission.READ_WAIVERS, this::list),
                new Route(Method.GET, FILE, Permission.READ_WAIVERS, this::get),
                new Route(Method.PUT, FILE, Permission.WRITE_WAIVERS, WaiverReader.MAX_LENGTH, this::put),
                new Route(Method.DELETE, FILE, Permission.WRITE_WAIVERS, this::delete));
    }

    private Reply list(Request request) {
        int limit = Page.limit(request);
        var after = Page.after(request).orElse("");
        var found =
                database.jdbi().withHandle(handle -> WaiverFiles.list(handle, request.accountId(), after, limit + 1));
        return Page.of(found, limit, WaiverRow::name).reply((json, row) -> json.object(() -> write(json, row)));
    }

    private Reply get(Request request) {
        var row = database.jdbi()
                .withHandle(handle -> WaiverFiles.named(handle, request.accountId(), request.path("name")))
                .orElseThrow(() -> missing(request));
        return Reply.json(json -> json.object(() -> {
                    write(json, row);
                    json.member("document", row.document());
                }))
                .tagged(row.digest());
    }

    private static ProblemException missing(Request request) {
        return ProblemException.notFound("there is no file of waivers '" + request.path("name")
                + "' in this account; GET /api/v1/waivers lists them");
    }

    private Reply put(Request request) throws IOException {
        var name = request.path("name");
        if (!NAME.matcher(name).matches()) {
            throw ProblemException.invalid(
                    "name", "'" + name + "' is no name of a file: letters, digits, '.', '_' and '-', at most 100");
        }
        var document = new String(request.bytes(), StandardCharsets.UTF_8);
        var reading = WaiverReader.read(name, document.getBytes(StandardCharsets.UTF_8));
        var account = request.accountId();
        return database.jdbi().inTransaction(handle -> {
            Bundles.lock(handle, account);
            var problems = WaiverFiles.problems(handle, account, reading);
            long errors = problems.stream()
                    .filter(problem -> problem.severity() == Severity.ERROR)
                    .count();
            if (errors > 0) {
                return Refused.reply(
                        "waivers-refused",
                        "the file of waivers " + Refused.count(errors) + "; `problems` tells each with its place",
                        problems);
            }
            var now = now();
            var change = WaiverFiles.put(
                    handle, account, reading, document, request.principal().name(), now);
            var job = change.map(made -> AccountSweep.queue(handle, account, made.key(), Set.of(made.cause()), now));
            var row = WaiverFiles.named(handle, account, name).orElseThrow();
            return Reply.json(json -> json.object(() -> {
                write(json, row);
                json.member("waivers", reading.waivers().size());
                job.ifPresentOrElse(number -> json.member("job", number), () -> json.nullMember("job"));
                Refused.problems(json, "warnings", warnings(problems));
            }));
        });
    }

    private static List<BundleProblem> warnings(List<BundleProblem> problems) {
        return problems.stream()
                .filter(problem -> problem.severity() == Severity.WARNING)
                .toList();
    }

    private Reply delete(Request request) {
        var account = request.accountId();
        database.jdbi().useTransaction(handle -> {
            Bundles.lock(handle, account);
            var now = now();
            var change = WaiverFiles.delete(handle, account, request.path("name"), now)
                    .orElseThrow(() -> missing(request));
            AccountSweep.queue(handle, account, change.key(), Set.of(change.cause()), now);
        });
        return Reply.noContent();
    }

    private static void write(JsonWriter json, WaiverRow row) {
        json.member("name", row.name())
                .member("digest", row.digest())
                .member("from", row.fromAt().toString())
                .member("changed_by", row.changedBy());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
