package dev.plimsoll.server.judging;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.background.FormerResult;
import dev.plimsoll.policy.background.History;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.policy.evaluation.LeaseFinder;
import dev.plimsoll.policy.evaluation.PolicyEvaluator;
import dev.plimsoll.policy.path.PathFinder;
import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.ReportFormat;
import dev.plimsoll.report.Result;
import dev.plimsoll.report.formats.ReportFormats;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.advisories.Revision;
import dev.plimsoll.server.advisories.Revisions;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.judging.Policy.Sources;
import dev.plimsoll.server.store.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// A verdict with all that there is to say, evaluated when it is asked for, by the same steps as `plimsoll check`: by
/// what judges now, by what judged then, or by another bundle.
public final class CheckRoutes {

    /// In hexadecimal digits, as Docker shows ids.
    private static final int SHORT_ID = 12;

    private final Database database;
    private final Judge judge;
    private final String engine;

    /// @param engine version of Plimsoll, as results name it
    public CheckRoutes(Database database, Judge judge, String engine) {
        this.database = database;
        this.judge = judge;
        this.engine = engine;
    }

    public List<Route> routes() {
        return List.of(new Route(Method.GET, "/api/v1/check", Permission.CHECK_IMAGES, this::check));
    }

    /// Everything that the store says.
    ///
    /// @param past as of when, empty for now
    private record Asked(
            References.Found found,
            String object,
            Policy policy,
            Optional<Long> revision,
            Optional<FormerResult> former,
            Optional<Instant> past,
            Instant at) {}

    private Reply check(Request request) throws IOException {
        var reference = request.queried("reference")
                .orElseThrow(() -> ProblemException.invalid(
                        "reference", "say which image: registry/repository:tag, or its digest"));
        var format = format(request.queried("format").orElse("table"));
        var presentation = new Presentation(
                request.queried("width", Presentation.PLAIN.width(), 20, 1000),
                request.flag("colour"),
                request.flag("detail"));
        var asked = database.jdbi().inTransaction(handle -> asked(handle, request, reference));
        var result = result(asked, reference);
        var out = new ByteArrayOutputStream();
        format.write(result, presentation, out);
        var decision = result.verdict().orElseThrow().decision();
        return Reply.document(mediaType(format), out.toByteArray())
                .with("plimsoll-decision", decision.name().toLowerCase(Locale.ROOT))
                .with("plimsoll-exit-code", Integer.toString(exitCode(decision)))
                .with("plimsoll-digest", asked.found().image().digest());
    }

    private static ReportFormat format(String name) {
        return ReportFormats.named(name)
                .orElseThrow(() -> ProblemException.invalid(
                        "format",
                        "there is no format '" + name + "'; there are "
                                + ReportFormats.all().stream()
                                        .map(ReportFormat::name)
                                        .collect(Collectors.joining(", "))));
    }

    private static String mediaType(ReportFormat format) {
        if (format.name().contains("xml")) {
            return "application/xml";
        }
        return format.name().contains("json") || format.name().equals("inventory")
                ? "application/json"
                : "text/plain; charset=utf-8";
    }

    private Asked asked(Handle handle, Request request, String reference) {
        var account = request.accountId();
        var past = request.instant("at");
        var found = References.find(handle, account, reference, request.queried("name"), past);
        var image = found.image();
        if (!image.state().equals("analyzed") || image.inventoryObject().isEmpty()) {
            throw Analyses.notYet(handle, image);
        }
        var policies = judge.policies();
        var sources = past.map(instant -> policies.sources(handle, account, instant))
                .orElseGet(() -> policies.sources(handle, account));
        var other = request.queried("bundle").map(text -> bundle(handle, account, text));
        if (other.isPresent()) {
            sources = new Sources(other, sources.waivers());
        }
        // whole seconds unless the caller says otherwise: nobody reads more, and every format can carry it
        var at = past.orElseGet(() -> judge.now().truncatedTo(ChronoUnit.SECONDS));
        return new Asked(
                found,
                image.inventoryObject().get(),
                policies.read(handle, account, sources),
                (past.isPresent() ? Revisions.at(handle, past.get()) : Revisions.active(handle)).map(Revision::id),
                // an image may have been analysed within this second
                judge.firstSeen().of(handle, image, past.orElseGet(judge::now)),
                past,
                at);
    }

    private static long bundle(Handle handle, long account, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw ProblemException.invalid(
                    "bundle", "'" + text + "' is no id of a bundle: GET /api/v1/bundles lists them");
        }
        return Bundles.demanded(handle, account, Long.parseLong(text)).id();
    }

    private Result result(Asked asked, String reference) throws IOException {
        var inventory = judge.inventories().read(asked.object());
        var revision = judge.data(asked.revision(), asked.past());
        var policy = asked.policy();
        var evidence = Judge.evidence(
                inventory, revision.match(inventory), asked.found().name(), asked.at(), asked.former());
        Function<Evidence, dev.plimsoll.policy.Verdict> evaluate = each -> judge.evaluate(policy, each);
        var verdict = LeaseFinder.withLease(evaluate.apply(evidence), evidence, evaluate);
        var path = PathFinder.find(
                verdict,
                evidence,
                judge.options().strict() ? Action.WARN : Action.STOP,
                (changed, excused) -> PolicyEvaluator.evaluateExcusing(
                        List.of(policy.bundle()), policy.waivers(), changed, judge.options(), excused),
                revision::match);
        return new Result(
                engine,
                displayName(inventory, asked.found().name(), reference),
                asked.at(),
                inventory,
                Optional.of(evidence.matches()),
                Optional.of(verdict),
                Optional.of(path),
                History.of(asked.at(), evidence.background().previous()));
    }

    /// What the image is called in the result, as `plimsoll check` calls it.
    private static String displayName(Inventory inventory, String name, String reference) {
        var image = inventory.image();
        return Judge.mappedName(inventory, name)
                .or(() -> image.names().stream()
                        .findFirst()
                        .map(tag -> tag
                                + image.id()
                                        .map(id -> " (" + id.algorithm() + ":"
                                                + id.hex().substring(0, SHORT_ID) + ")")
                                        .orElse("")))
                .or(() -> image.id().or(image::manifestDigest).map(Object::toString))
                .or(() -> inventory.document().map(document -> "an image told of by " + document.digest()))
                .orElse(reference);
    }

    /// As the command's.
    private static int exitCode(Decision decision) {
        return switch (decision) {
            case PASS -> 0;
            case FAIL -> 2;
            case UNKNOWN -> 3;
            case DATA_MISSING -> 4;
        };
    }
}
