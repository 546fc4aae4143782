package dev.plimsoll.server.notify;

import dev.plimsoll.server.notify.sending.Outcome;
import dev.plimsoll.server.notify.sending.Pace;
import dev.plimsoll.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Messages that wait for their attempts. A message is under way on one server at a time, by a lease;
/// where that server dies, the lease ends and the message is tried again: at least once. Safe for
/// several threads and servers.
final class DeliveryQueue {

    /// How many attempts in a row must fail before the channel itself waits, and how long at most.
    private static final int PATIENCE = 10;

    private static final Duration LONGEST_BREAK = Duration.ofMinutes(1);

    /// How long a channel waits at most because its receiver asks for it; a single message may wait
    /// longer.
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);

    private static final String LOST =
            "the service stopped while this attempt was under way; it may have arrived, and is tried again";

    private final Database database;
    private final InstantSource clock;
    private final RetrySchedule schedule;
    private final Duration lease;
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    /// @param lease how long a server may take for an attempt before another one takes over
    DeliveryQueue(Database database, InstantSource clock, RetrySchedule schedule, Duration lease) {
        this.database = database;
        this.clock = clock;
        this.schedule = schedule;
        this.lease = lease;
    }

    /// A channel with messages to be sent now.
    ///
    /// @param messages how many, 64 at most
    record Ready(long channelId, String kind, int messages) {}

    /// None of accounts that are disabled: theirs wait.
    List<Ready> ready() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select c.id, c.kind, waiting.messages
                        from channel c join account a on a.id = c.account_id and a.disabled_at is null
                             cross join lateral (
                                 select count(*) as messages
                                 from (select 1 from delivery d
                                       where d.channel_id = c.id and d.state = 'queued' and d.next_at <= :now
                                       limit 64) as first) as waiting
                        where c.state = 'active' and (c.waits_until is null or c.waits_until <= :now)
                              and waiting.messages > 0
                        order by c.id""")
                        .bind("now", clock.instant())
                        .map((row, _) -> new Ready(row.getLong("id"), row.getString("kind"), row.getInt("messages")))
                        .list());
    }

    /// Takes the next message of a channel, where one may be sent now.
    Optional<Claimed> claim(long channelId, Pace pace) {
        return database.jdbi().inTransaction(handle -> claim(handle, channelId, pace));
    }

    private Optional<Claimed> claim(Handle handle, long channelId, Pace pace) {
        var now = clock.instant();
        // one claim of a channel at a time, so that the count holds
        var channel = handle.createQuery("""
                        select id, account_id, name, kind, settings, secrets from channel
                        where id = :channel and state = 'active' and (waits_until is null or waits_until <= :now)
                        for no key update""")
                .bind("channel", channelId)
                .bind("now", now)
                .map((row, _) -> ChannelRow.Connection.of(row))
                .findOne();
        if (channel.isEmpty()) {
            return Optional.empty();
        }
        var owner = UUID.randomUUID().toString();
        return handle.createQuery("""
                        update delivery set state = 'sending', attempts = attempts + 1, lease_owner = :owner,
                                            lease_until = :lease
                        where id = (select id from delivery
                                    where channel_id = :channel and state = 'queued' and next_at <= :now
                                    order by next_at, sequence limit 1 for update skip locked)
                              and (select count(*) from delivery
                                   where channel_id = :channel and state = 'sending' and lease_until > :now) < :most
                        returning id, attempts, attempts - attempts_before as counted, document, channel_state""")
                .bind("owner", owner)
                .bind("lease", now.plus(lease))
                .bind("channel", channelId)
                .bind("now", now)
                .bind("most", pace.inFlight())
                .map((row, _) -> new Claimed(
                        row.getObject("id", UUID.class),
                        channel.get().accountId(),
                        channelId,
                        channel.get().name(),
                        channel.get().kind(),
                        channel.get().settings(),
                        channel.get().secrets(),
                        row.getString("document"),
                        row.getInt("attempts"),
                        row.getInt("counted"),
                        Optional.ofNullable(row.getString("channel_state")),
                        owner,
                        now))
                .findOne();
    }

    /// Writes down what came of an attempt.
    ///
    /// @param outcome without secrets
    void record(Claimed claimed, Outcome outcome, Duration took, Pace pace) {
        database.jdbi().useTransaction(handle -> {
            var now = clock.instant();
            switch (outcome) {
                case Outcome.Delivered(var answer, var state) -> {
                    attempt(handle, claimed, took, "delivered", answer);
                    // even where the lease went to another server: it did arrive
                    handle.createUpdate("""
                                    update delivery set state = 'delivered', delivered_at = :now, last_error = null,
                                        lease_owner = null, lease_until = null,
                                        channel_state = coalesce(:state, channel_state)
                                    where id = :id and state in ('sending', 'queued')""")
                            .bind("now", now)
                            .bind("state", state.orElse(null))
                            .bind("id", claimed.id())
                            .execute();
                    succeeded(handle, claimed, pace.between().isZero() ? null : now.plus(pace.between()));
                }
                case Outcome.Retry(var reason, var after, var state) -> {
                    attempt(handle, claimed, took, "retried", reason);
                    var wait = schedule.after(claimed.counted(), random)
                            .map(each -> each.compareTo(after.orElse(Duration.ZERO)) < 0 ? after.orElseThrow() : each);
                    settle(
                            handle,
                            claimed,
                            wait.isPresent() ? "queued" : "dead",
                            now.plus(wait.orElse(Duration.ZERO)),
                            reason,
                            state.orElse(null),
                            0);
                    failed(handle, claimed, after, now, pace);
                }
                case Outcome.Final(var reason, var destinationBroken) -> {
                    attempt(handle, claimed, took, "final", reason);
                    settle(
                            handle,
                            claimed,
                            destinationBroken ? "queued" : "dead",
                            now,
                            reason,
                            null,
                            destinationBroken ? claimed.counted() : 0);
                    if (destinationBroken) {
                        handle.createUpdate("""
                                        update channel set state = 'paused', reason = :reason
                                        where id = :id and account_id = :account and state = 'active'""")
                                .bind("reason", reason)
                                .bind("id", claimed.channelId())
                                .bind("account", claimed.accountId())
                                .execute();
                    }
                }
            }
        });
    }

    private static void attempt(Handle handle, Claimed claimed, Duration took, String outcome, String answer) {
        handle.createUpdate("""
                        insert into delivery_attempt (delivery_id, attempt, at, milliseconds, outcome, answer)
                        values (:id, :attempt, :at, :milliseconds, :outcome, :answer)
                        on conflict (delivery_id, attempt) do update
                        set milliseconds = excluded.milliseconds, outcome = excluded.outcome, answer = excluded.answer""")
                .bind("id", claimed.id())
                .bind("attempt", claimed.attempts())
                .bind("at", claimed.at())
                .bind("milliseconds", (int) Math.min(Integer.MAX_VALUE, took.toMillis()))
                .bind("outcome", outcome)
                .bind("answer", answer)
                .execute();
    }

    /// Unless the lease went to another server.
    private static void settle(
            Handle handle,
            Claimed claimed,
            String state,
            Instant nextAt,
            String error,
            @Nullable String channelState,
            int uncounted) {
        handle.createUpdate("""
                        update delivery set state = :state, next_at = :next, last_error = :error, lease_owner = null,
                            lease_until = null, channel_state = coalesce(:channel_state, channel_state),
                            attempts_before = attempts_before + :uncounted
                        where id = :id and state = 'sending' and lease_owner = :owner""")
                .bind("state", state)
                .bind("next", nextAt)
                .bind("error", error)
                .bind("channel_state", channelState)
                .bind("uncounted", uncounted)
                .bind("id", claimed.id())
                .bind("owner", claimed.owner())
                .execute();
    }

    private static void succeeded(Handle handle, Claimed claimed, @Nullable Instant waitsUntil) {
        handle.createUpdate("""
                        update channel set failures = 0, waits_until = coalesce(:until, waits_until)
                        where id = :id and account_id = :account
                              and (failures > 0 or cast(:until as timestamptz) is not null)""")
                .bind("until", waitsUntil)
                .bind("id", claimed.channelId())
                .bind("account", claimed.accountId())
                .execute();
    }

    /// Where one message after the other fails, or the receiver asks for it, all of the channel wait.
    private static void failed(Handle handle, Claimed claimed, Optional<Duration> after, Instant now, Pace pace) {
        int failures = handle.createQuery("update channel set failures = failures + 1"
                        + " where id = :id and account_id = :account returning failures")
                .bind("id", claimed.channelId())
                .bind("account", claimed.accountId())
                .mapTo(Integer.class)
                .findOne()
                .orElse(0);
        var wait = pace.between();
        if (failures >= PATIENCE) {
            wait = longer(wait, shorter(Duration.ofSeconds(1L << Math.min(10, failures - PATIENCE)), LONGEST_BREAK));
        }
        wait = longer(wait, shorter(after.orElse(Duration.ZERO), LONGEST_ASKED));
        if (!wait.isZero()) {
            handle.createUpdate("update channel set waits_until = greatest(waits_until, :until)"
                            + " where id = :id and account_id = :account")
                    .bind("until", now.plus(wait))
                    .bind("id", claimed.channelId())
                    .bind("account", claimed.accountId())
                    .execute();
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /// Queues again what was under way on servers that are no more.
    ///
    /// @return how many
    int recover() {
        var now = clock.instant();
        return database.jdbi()
                .inTransaction(handle -> handle.createQuery("""
                        with lost as (
                            select id, attempts, lease_until from delivery
                            where state = 'sending' and lease_until <= :now for update skip locked),
                        noted as (
                            insert into delivery_attempt (delivery_id, attempt, at, milliseconds, outcome, answer)
                            select id, attempts, :now, 0, 'lost', :answer from lost
                            on conflict do nothing),
                        queued as (
                            update delivery d set state = 'queued', next_at = :now, lease_owner = null,
                                lease_until = null, last_error = :answer
                            from lost where d.id = lost.id returning d.id)
                        select count(*) from queued""")
                        .bind("now", now)
                        .bind("answer", LOST)
                        .mapTo(Integer.class)
                        .one());
    }
}
