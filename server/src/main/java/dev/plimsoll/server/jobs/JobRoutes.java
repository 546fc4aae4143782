package dev.plimsoll.server.jobs;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.jobs.Jobs.Retried;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Jobs: seen, followed, cancelled, tried again. Those of the whole service are for who may change its data.
public final class JobRoutes {

    /// Every change of a job is seen so soon.
    private static final Duration LOOK = Duration.ofMillis(300);

    /// Of silence: proxies take a connection for dead that says nothing.
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    /// Who waits longer asks again.
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Jobs jobs;
    private final Runnable wake;
    private final BooleanSupplier closing;

    /// @param wake tells the workers of this process, where there are some, of jobs that wait again
    /// @param closing whether the service stops: who follows a job asks again then, another copy or the next start
    public JobRoutes(Jobs jobs, Runnable wake, BooleanSupplier closing) {
        this.jobs = jobs;
        this.wake = wake;
        this.closing = closing;
    }

    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/api/v1/jobs", Permission.READ_JOBS, this::list),
                new Route(Method.GET, "/api/v1/jobs/{id}", Permission.READ_JOBS, this::get),
                new Route(Method.DELETE, "/api/v1/jobs/{id}", Permission.WRITE_JOBS, this::cancel),
                new Route(Method.POST, "/api/v1/jobs/{id}/retry", Permission.WRITE_JOBS, this::retry),
                new Route(Method.GET, "/api/v1/jobs/{id}/events", Permission.READ_JOBS, this::events));
    }

    private Reply list(Request request) {
        var limit = Page.limit(request);
        var state = request.queried("state")
                .map(word -> JobState.of(word)
                        .orElseThrow(() -> ProblemException.invalid(
                                "state", "'" + word + "' is none of queued, running, done, poison, cancelled")));
        var before = Page.afterNumber(request);
        var found = jobs.database()
                .jdbi()
                .withHandle(handle -> JobRow.list(
                        handle,
                        request.accountId(),
                        mayService(request.principal()),
                        state,
                        request.queried("kind"),
                        before,
                        limit + 1));
        return Page.of(found, limit, job -> Long.toString(job.id()))
                .reply((json, job) -> json.object(() -> JobJson.members(json, job)));
    }

    private Reply get(Request request) {
        return reply(200, demanded(request));
    }

    private Reply cancel(Request request) {
        var id = request.id("id");
        return reply(
                200,
                jobs.cancel(request.accountId(), mayService(request.principal()), id)
                        .orElseThrow(() -> none(id)));
    }

    private Reply retry(Request request) {
        var id = request.id("id");
        return switch (jobs.retry(request.accountId(), mayService(request.principal()), id)) {
            case Retried.Queued(var job) -> {
                wake.run();
                yield reply(202, job);
            }
            case Retried.NotEnded(var job) ->
                throw ProblemException.conflict("job " + id + " is "
                        + job.state().word() + "; only what is poison or cancelled is tried again");
            case Retried.Replaced _ ->
                throw ProblemException.conflict(
                        "another job does the same already; see GET /api/v1/jobs?state=running or queued");
            case Retried.Unknown _ -> throw none(id);
        };
    }

    private Reply events(Request request) {
        var first = demanded(request);
        return new Reply.Events(200, Map.of(), sink -> follow(request, first, sink));
    }

    private void follow(Request request, JobRow first, Reply.Events.Sink sink) throws IOException {
        var job = first;
        var end = System.nanoTime() + LONGEST.toNanos();
        var said = "";
        var saidAt = System.nanoTime();
        while (System.nanoTime() < end) {
            var line = JobJson.line(job);
            if (!line.equals(said)) {
                sink.event(JobJson.event(job.state()), line);
                said = line;
                saidAt = System.nanoTime();
            }
            if (job.state().isFinal() || closing.getAsBoolean()) {
                return;
            }
            if (System.nanoTime() - saidAt > KEEP_ALIVE.toNanos()) {
                sink.comment("still " + job.state().word());
                saidAt = System.nanoTime();
            }
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
            var found = find(request);
            if (found.isEmpty()) {
                return; // its account is gone
            }
            job = found.get();
        }
    }

    private JobRow demanded(Request request) {
        return find(request).orElseThrow(() -> none(request.id("id")));
    }

    private Optional<JobRow> find(Request request) {
        var service = mayService(request.principal());
        return jobs.database()
                .jdbi()
                .withHandle(handle -> JobRow.find(handle, request.accountId(), service, request.id("id")));
    }

    private static boolean mayService(Principal principal) {
        return principal.may(Permission.WRITE_DATA);
    }

    private static ProblemException none(long id) {
        return ProblemException.notFound("there is no job " + id + " in this account");
    }

    private static Reply reply(int status, JobRow job) {
        return Reply.json(status, json -> json.object(() -> JobJson.members(json, job)));
    }
}
