package dev.plimsoll.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// The matrix finds what it is there for. The stand-in routes are of notes that accounts have.
final class RoleMatrixTest {

    private final Map<Long, Long> accountByNote = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    private Target note(RoleMatrix.Owner owner) {
        long note = last.incrementAndGet();
        accountByNote.put(note, owner.account());
        return Target.plain()
                .path("note", Long.toString(note))
                .unchanged(() -> accountByNote.containsKey(note) ? "there" : "gone");
    }

    private Target listed(RoleMatrix.Owner owner) {
        note(owner);
        return Target.plain().marked("note " + last.get() + ";");
    }

    private long demanded(dev.plimsoll.server.http.Request request) {
        long note = request.id("note");
        if (accountByNote.getOrDefault(note, 0L) != request.accountId()) {
            throw ProblemException.notFound("there is no note " + note);
        }
        return note;
    }

    private final Route sound = new Route(Method.DELETE, "/notes/{note}", Permission.WRITE_WAIVERS, request -> {
        accountByNote.remove(demanded(request));
        return Reply.noContent();
    });

    private Reply list(boolean all, long account) {
        return Reply.json(json -> json.array(() -> accountByNote.forEach((note, owner) -> {
            if (all || owner == account) {
                json.element("note " + note + ";");
            }
        })));
    }

    private List<String> failures(Route route, RoleMatrix.Fixture fixture) {
        return failures(route, Map.of(route.name(), fixture));
    }

    private List<String> failures(Route route, Map<String, RoleMatrix.Fixture> fixtures) {
        var failures = new ArrayList<String>();
        try (var test = TestDatabase.create()) {
            for (var each : new RoleMatrix(test.database(), List.of(route), fixtures).tests()) {
                try {
                    each.getExecutable().execute();
                } catch (Throwable e) {
                    failures.add(each.getDisplayName());
                }
            }
        }
        return failures;
    }

    @Test
    void isContentWithSoundRoutes() {
        assertThat(failures(sound, this::note)).isEmpty();
        assertThat(failures(
                        new Route(
                                Method.GET,
                                "/notes",
                                Permission.READ_WAIVERS,
                                request -> list(false, request.accountId())),
                        this::listed))
                .isEmpty();
    }

    @Test
    void findsWhatReachesIntoAnotherAccount() {
        var leaking = new Route(Method.DELETE, "/notes/{note}", Permission.WRITE_WAIVERS, request -> {
            accountByNote.remove(request.id("note"));
            return Reply.noContent();
        });
        assertThat(failures(leaking, this::note))
                .containsExactly(
                        "DELETE /notes/{note} by admin",
                        "DELETE /notes/{note} by editor",
                        "DELETE /notes/{note} by analyst",
                        "DELETE /notes/{note} by an administrator of the service");
    }

    @Test
    void findsWhatChangesAForeignObjectBehindItsNotFound() {
        var sly = new Route(Method.DELETE, "/notes/{note}", Permission.WRITE_WAIVERS, request -> {
            long account = accountByNote.getOrDefault(request.id("note"), 0L);
            accountByNote.remove(request.id("note"));
            if (account != request.accountId()) {
                throw ProblemException.notFound("there is no note");
            }
            return Reply.noContent();
        });
        assertThat(failures(sly, this::note)).hasSize(4);
    }

    @Test
    void findsAListOfAllAccounts() {
        var all = new Route(Method.GET, "/notes", Permission.READ_WAIVERS, _ -> list(true, 0));
        assertThat(failures(all, this::listed)).hasSize(5).doesNotContain("GET /notes by ci");
    }

    @Test
    void findsWhatTellsThatAForeignObjectIsThere() {
        var forbidding = new Route(Method.GET, "/notes/{note}", Permission.READ_WAIVERS, request -> {
            if (accountByNote.getOrDefault(request.id("note"), 0L) != request.accountId()) {
                throw ProblemException.forbidden("it is another's");
            }
            return Reply.noContent();
        });
        assertThat(failures(forbidding, this::note)).hasSize(5);
    }

    @Test
    void findsForgottenFixturesAndForgottenRoutes() {
        assertThat(failures(sound, Map.of())).containsExactly("every route has a fixture, every fixture a route");
        assertThat(failures(sound, Map.of(sound.name(), this::note, "GET /nowhere", this::note)))
                .containsExactly("every route has a fixture, every fixture a route");
    }
}
