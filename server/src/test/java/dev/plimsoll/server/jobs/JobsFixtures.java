package dev.plimsoll.server.jobs;

import dev.plimsoll.server.testing.RoleMatrix;
import dev.plimsoll.server.testing.RoleMatrix.Owner;
import dev.plimsoll.server.testing.Rows;
import dev.plimsoll.server.testing.Target;
import java.util.Map;

/// What the routes of this area are asked about in the matrix of roles.
public final class JobsFixtures {

    private JobsFixtures() {}

    /// By the names of routes.
    public static Map<String, RoleMatrix.Fixture> all() {
        return Map.of(
                "GET /api/v1/jobs",
                owner -> {
                    int number = Rows.number();
                    job(owner, "poison", number);
                    return Target.plain().marked("reason-" + number);
                },
                "GET /api/v1/jobs/{id}",
                owner -> job(owner, "queued", Rows.number()),
                "DELETE /api/v1/jobs/{id}",
                owner -> job(owner, "queued", Rows.number()),
                "POST /api/v1/jobs/{id}/retry",
                owner -> job(owner, "poison", Rows.number()).answers(202),
                "GET /api/v1/jobs/{id}/events",
                owner -> job(owner, "queued", Rows.number()));
    }

    private static Target job(Owner owner, String state, int number) {
        var rows = new Rows(owner.database());
        long id = rows.add("""
                insert into job (account_id, lane, kind, key, payload, state, not_before, created_at, reason)
                values (?, 'interactive', 'of-the-matrix', ?, '{}', ?, timestamptz '2026-01-01Z',
                    timestamptz '2026-01-01Z', ?) returning id""", owner.account(), Integer.toString(number), state, "reason-" + number);
        return Target.plain().path("id", Long.toString(id)).unchanged(rows.state("job", id));
    }
}
