package dev.plimsoll.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.notify.Receiver.Behaviour;
import dev.plimsoll.server.notify.message.Message;
import dev.plimsoll.server.notify.sending.Attempt;
import dev.plimsoll.server.notify.sending.ChannelKind;
import dev.plimsoll.server.notify.sending.Outcome;
import dev.plimsoll.server.notify.sending.Pace;
import dev.plimsoll.server.notify.sending.Sender;
import dev.plimsoll.server.notify.sending.Setting;
import dev.plimsoll.server.notify.sending.Settings;
import dev.plimsoll.server.notify.sending.TestCall;
import dev.plimsoll.server.notify.sending.TicketStore;
import dev.plimsoll.server.notify.webhook.WebhookKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// From messages to whoever receives them.
final class DeliveryTest {

    private static final RetrySchedule TWICE = new RetrySchedule(List.of(Duration.ofSeconds(5), Duration.ofMinutes(5)));

    /// A kind whose sender is what the test says.
    private record Stub(String name, Pace pace, Function<Attempt, Outcome> sender) implements ChannelKind {

        @Override
        public List<Setting> settings() {
            return List.of(Setting.secret("token", true, "a token"));
        }

        @Override
        public Sender open(Settings settings, TicketStore tickets) {
            return new Sender() {
                @Override
                public Outcome send(Message message, Attempt attempt) {
                    return sender.apply(attempt);
                }

                @Override
                public Outcome test(TestCall call) {
                    return new Outcome.Final("refused for " + settings.text("token"), true);
                }
            };
        }
    }

    private static void channel(Scene scene, String kind) {
        var answer = scene.api.post(
                "/api/v1/channels",
                "{\"name\":\"%s\",\"kind\":\"%s\",\"secrets\":{\"token\":\"s3cret-token\"}}".formatted(kind, kind));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static Scene webhooks(RetrySchedule schedule) {
        return new Scene(List.of(new WebhookKind(Scene.outbound(), 4)), schedule);
    }

    @Test
    void arrivesOnceWithItsSignatureAndIsLogged() throws Exception {
        try (var scene = webhooks(TWICE);
                var receiver = Receiver.start(Scene.SECRET, _ -> Receiver.status(204))) {
            scene.webhook("hook", receiver.url());
            scene.subscribe("one", "hook", "");
            scene.happens(scene.found("r.test/a:1", "CVE-2026-0001", "high"));
            scene.dispatch();
            scene.deliverUntil(scene::settled);

            assertThat(receiver.forged()).isZero();
            assertThat(receiver.requests()).hasSize(1);
            var seen = receiver.requests().getFirst();
            assertThat(seen.timestamp()).isEqualTo(Long.toString(TestClock.START.getEpochSecond()));
            assertThat(Scene.json(seen.body()).object("data").string("id")).contains(seen.id());
            assertThat(scene.column("select outcome || ' ' || attempt from delivery_attempt"))
                    .containsExactly("delivered 1");
            assertThat(scene.states()).containsOnlyKeys("delivered");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 404, 429, 500, 503})
    void isTriedAgainWithTheSameBytes(int status) throws Exception {
        try (var scene = webhooks(TWICE);
                var receiver = Receiver.start(
                        Scene.SECRET, request -> request == 1 ? Receiver.status(status) : Receiver.status(200))) {
            scene.webhook("hook", receiver.url());
            scene.subscribe("one", "hook", "");
            scene.happens(scene.found("r.test/a:1", "CVE-2026-0001", "high"));
            scene.dispatch();
            scene.deliverUntil(
                    () -> scene.column("select outcome from delivery_attempt").contains("retried")
                            && scene.states().containsKey("queued"));
            scene.notifications.deliver();
            Thread.sleep(50);
            assertThat(receiver.requests()).as("before its time").hasSize(1);

            scene.clock.pass(Duration.ofSeconds(6));
            scene.deliverUntil(scene::settled);
            assertThat(receiver.requests()).hasSize(2);
            assertThat(receiver.requests().get(0).body())
                    .isEqualTo(receiver.requests().get(1).body());
            assertThat(receiver.requests().get(0).id())
                    .isEqualTo(receiver.requests().get(1).id());
            assertThat(receiver.requests().get(0).timestamp())
                    .isNotEqualTo(receiver.requests().get(1).timestamp());
            assertThat(scene.column("select answer from delivery_attempt where attempt = 1")
                            .getFirst())
                    .startsWith(status + " status " + status);
        }
    }

    @Test
    void waitsAsLongAsTheReceiverAsksAndSoDoesItsChannel() throws Exception {
        try (var scene = webhooks(TWICE);
                var receiver = Receiver.start(
                        Scene.SECRET,
                        request -> request == 1 ? Receiver.status(429, "Retry-After", "120") : Receiver.status(200))) {
            scene.webhook("hook", receiver.url());
            scene.subscribe("one", "hook", "");
            scene.happens(scene.found("r.test/a:1", "CVE-2026-0001", "high"));
            scene.dispatch();
            scene.deliverUntil(
                    () -> scene.column("select outcome from delivery_attempt").contains("retried"));

            scene.happens(scene.found("r.test/b:1", "CVE-2026-0002", "high"));
            scene.clock.pass(Duration.ofSeconds(119));
            scene.dispatch();
            scene.notifications.deliver();
            Thread.sleep(50);
            assertThat(receiver.requests()).hasSize(1);

            scene.clock.pass(Duration.ofSeconds(1));
            scene.deliverUntil(scene::settled);
            assertThat(receiver.accepted()).hasSize(2);
        }
    }

    @Test
    void aLostAnswerAndAReceiverThatHangsAreTriedAgain() throws Exception {
        IntFunction<Behaviour> odd = request -> switch (request) {
            case 1 -> new Behaviour.CloseAfterBody();
            case 2 -> new Behaviour.Hang();
            default -> Receiver.status(200);
        };
        try (var receiver = Receiver.start(Scene.SECRET, odd);
                var scene = new Scene(List.of(new WebhookKind(new DirectOutbound(Duration.ofMillis(300)), 4)), TWICE)) {
            scene.webhook("hook", receiver.url());
            scene.subscribe("one", "hook", "");
            scene.happens(scene.found("r.test/a:1", "CVE-2026-0001", "high"));
            scene.dispatch();
            for (int attempt = 1; attempt <= 2; attempt++) {
                var number = Integer.toString(attempt);
                scene.deliverUntil(() -> scene.column("select cast(attempt as text) from delivery_attempt")
                                .contains(number)
                        && scene.states().containsKey("queued"));
                scene.clock.pass(Duration.ofMinutes(6));
            }
            scene.deliverUntil(scene::settled);
            assertThat(scene.states()).containsOnlyKeys("delivered");
            assertThat(receiver.requests())
                    .hasSize(3)
                    .extracting(Receiver.Seen::id)
                    .containsOnly(receiver.requests().getFirst().id());
            assertThat(scene.column("select answer from delivery_attempt order by attempt"))
                    .allSatisfy(answer -> assertThat(answer).isNotBlank())
                    .element(1)
                    .asString()
                    .startsWith("no answer: ");
        }
    }

    @Test
    void isDeadAfterTheLastAttemptAndSentAgainOnDemand() throws Exception {
        try (var scene = Scene.ofWebhooks();
                var receiver = Receiver.start(
                        Scene.SECRET, request -> request <= 3 ? Receiver.status(500) : Receiver.status(200))) {
            scene.webhook("hook", receiver.url());
            scene.subscribe("one", "hook", "");
            scene.happens(scene.found("r.test/a:1", "CVE-2026-0001", "high"));
            scene.dispatch();
            scene.deliverUntil(scene::settled);
            assertThat(scene.states()).containsOnlyKeys("dead");
            assertThat(receiver.requests()).hasSize(3);

            var dead = scene.api
                    .get("/api/v1/deliveries?state=dead&channel=hook")
                    .json()
                    .objects("items");
            assertThat(dead).hasSize(1);
            var id = dead.getFirst().string("id").orElseThrow();
            assertThat(scene.api
                            .post("/api/v1/deliveries/" + id + "/redeliver", "")
                            .status())
                    .isEqualTo(202);
            scene.deliverUntil(scene::settled);

            var whole = scene.api.get("/api/v1/deliveries/" + id).json();
            assertThat(whole.string("state")).contains("delivered");
            assertThat(whole.objects("log"))
                    .extracting(entry -> entry.string("outcome").orElseThrow())
                    .containsExactly("retried", "retried", "retried", "delivered");
            assertThat(receiver.accepted()).containsOnlyKeys(id);
            assertThat(receiver.requests())
                    .extracting(Receiver.Seen::body)
                    .containsOnly(receiver.requests().getFirst().body());
        }
    }

    @Test
    void anEndpointThatIsGonePausesItsChannelAndKeepsTheQueue() throws Exception {
        // one more attempt than the first: the one that found the endpoint gone does not count
        var once = new RetrySchedule(List.of(Duration.ZERO));
        IntFunction<Behaviour> goneThenFailing = request -> switch (request) {
            case 1 -> Receiver.status(410);
            case 2 -> Receiver.status(500);
            default -> Receiver.status(200);
        };
        try (var scene = new Scene(List.of(new WebhookKind(Scene.outbound(), 1)), once);
                var receiver = Receiver.start(Scene.SECRET, goneThenFailing)) {
            scene.webhook("hook", receiver.url());
            scene.subscribe("one", "hook", "");
            scene.happens(scene.found("r.test/a:1", "CVE-2026-0001", "high"));
            scene.dispatch();
            scene.deliverUntil(() -> scene.column("select state from channel").contains("paused"));
            scene.happens(scene.found("r.test/b:1", "CVE-2026-0002", "high"));
            scene.dispatch();
            scene.notifications.deliver();
            Thread.sleep(50);
            assertThat(receiver.requests()).hasSize(1);
            var shown = scene.api.get("/api/v1/channels/hook").json();
            assertThat(shown.string("reason").orElseThrow()).contains("410");
            assertThat(shown.number("waiting").orElseThrow().intValue()).isEqualTo(2);

            var resumed = scene.api.ask("PATCH", "/api/v1/channels/hook", "{\"state\":\"active\"}", Map.of());
            assertThat(resumed.json().string("reason")).isEmpty();
            scene.deliverUntil(scene::settled);
            assertThat(receiver.accepted()).hasSize(2);
        }
    }

    @Test
    void resumingSendsAtOnceWhatWaits() throws Exception {
        try (var scene = webhooks(TWICE);
                var receiver = Receiver.start(
                        Scene.SECRET, request -> request == 1 ? Receiver.status(500) : Receiver.status(200))) {
            scene.webhook("hook", receiver.url());
            scene.subscribe("one", "hook", "");
            scene.happens(scene.found("r.test/a:1", "CVE-2026-0001", "high"));
            scene.dispatch();
            scene.deliverUntil(
                    () -> scene.column("select outcome from delivery_attempt").contains("retried")
                            && scene.states().containsKey("queued"));
            for (var state : List.of("paused", "active")) {
                var answer = scene.api.ask("PATCH", "/api/v1/channels/hook", "{\"state\":\"" + state + "\"}", Map.of());
                assertThat(answer.json().string("state")).contains(state);
            }
            scene.deliverUntil(scene::settled);
            assertThat(receiver.requests()).hasSize(2);
        }
    }

    @Test
    void theLimitOfAChannelHoldsOverAllServers() throws Exception {
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        var slow = new Stub("stub", new Pace(2, Duration.ZERO), _ -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try {
                Thread.sleep(10);
            } catch (InterruptedException _) {
                return new Outcome.Retry("interrupted");
            } finally {
                underWay.decrementAndGet();
            }
            return new Outcome.Delivered("ok");
        });
        try (var scene = new Scene(List.of(slow), TWICE);
                var other = Scene.service(scene.test, scene.clock, List.of(slow), TWICE, Duration.ofMinutes(2))) {
            channel(scene, "stub");
            scene.subscribe("one", "stub", "");
            for (int i = 0; i < 30; i++) {
                scene.happens(scene.found("r.test/a:" + i, "CVE-2026-0001", "high"));
            }
            scene.dispatch();
            scene.deliverUntil(() -> {
                other.deliver();
                return scene.settled();
            });
            assertThat(scene.states()).isEqualTo(Map.of("delivered", 30));
            assertThat(most.get()).isEqualTo(2);
        }
    }

    @Test
    void aChannelRestsAfterManyFailuresInARow() throws Exception {
        var broken = new AtomicBoolean(true);
        var calls = new AtomicInteger();
        var moody = new Stub("stub", new Pace(1, Duration.ZERO), _ -> {
            calls.incrementAndGet();
            return broken.get() ? new Outcome.Retry("no answer") : new Outcome.Delivered("ok");
        });
        try (var scene = new Scene(List.of(moody), TWICE)) {
            channel(scene, "stub");
            scene.subscribe("one", "stub", "");
            for (int i = 0; i < 30; i++) {
                scene.happens(scene.found("r.test/a:" + i, "CVE-2026-0001", "high"));
            }
            scene.dispatch();
            scene.deliverUntil(() -> scene.column("select name from channel where waits_until is not null")
                    .contains("stub"));
            scene.notifications.deliver();
            Thread.sleep(50);
            assertThat(calls.get()).as("attempts before the rest").isEqualTo(10);

            broken.set(false);
            scene.clock.pass(Duration.ofMinutes(6));
            scene.deliverUntil(scene::settled);
            assertThat(scene.states()).isEqualTo(Map.of("delivered", 30));
            assertThat(scene.column("select cast(failures as text) from channel"))
                    .containsExactly("0");
        }
    }

    @Test
    void messagesOfADisabledAccountWait() throws Exception {
        try (var scene = webhooks(TWICE);
                var receiver = Receiver.start(Scene.SECRET, _ -> Receiver.status(200))) {
            scene.webhook("hook", receiver.url());
            scene.subscribe("one", "hook", "");
            scene.happens(scene.found("r.test/a:1", "CVE-2026-0001", "high"));
            scene.dispatch();
            scene.test
                    .database()
                    .jdbi()
                    .useHandle(handle -> handle.execute("update account set disabled_at = created_at"));
            scene.notifications.deliver();
            Thread.sleep(50);
            assertThat(receiver.requests()).isEmpty();
            scene.test.database().jdbi().useHandle(handle -> handle.execute("update account set disabled_at = null"));
            scene.deliverUntil(scene::settled);
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @Test
    void aReceiverThatHangsHoldsUpNobodyElse() throws Exception {
        try (var hanging = Receiver.start(Scene.SECRET, _ -> new Behaviour.Hang());
                var good = Receiver.start(Scene.SECRET, _ -> Receiver.status(200));
                var scene = new Scene(List.of(new WebhookKind(new DirectOutbound(Duration.ofSeconds(10)), 4)), TWICE)) {
            scene.webhook("bad", hanging.url());
            scene.webhook("good", good.url());
            scene.subscribe("one", "bad", "");
            scene.subscribe("two", "good", "");
            for (int i = 0; i < 20; i++) {
                scene.happens(scene.found("r.test/a:" + i, "CVE-2026-0001", "high"));
            }
            scene.dispatch();
            scene.deliverUntil(() -> good.accepted().size() == 20);
            assertThat(hanging.requests()).hasSizeLessThanOrEqualTo(4);
            assertThat(good.mostAtOnce()).isBetween(1, 4);
        }
    }

    @Test
    void keepsTheOrderAndThePaceOfAChannelWithOneInFlight() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        var slow = new Stub("slow", new Pace(1, Duration.ofSeconds(1)), attempt -> {
            order.add(Scene.json(attempt.document())
                    .object("data")
                    .string("group")
                    .orElseThrow());
            return new Outcome.Delivered("ok");
        });
        try (var scene = new Scene(List.of(slow), TWICE)) {
            channel(scene, "slow");
            scene.subscribe("one", "slow", "");
            for (int i = 0; i < 5; i++) {
                scene.happens(scene.found("r.test/a:" + i, "CVE-2026-0001", "high"));
            }
            scene.dispatch();
            for (int sent = 1; sent <= 5; sent++) {
                int expected = sent;
                scene.deliverUntil(() -> scene.states().getOrDefault("delivered", 0) == expected);
                scene.notifications.deliver();
                Thread.sleep(20);
                assertThat(order).hasSize(expected);
                scene.clock.pass(Duration.ofSeconds(1));
            }
            assertThat(order).containsExactly("r.test/a:0", "r.test/a:1", "r.test/a:2", "r.test/a:3", "r.test/a:4");
        }
    }

    @Test
    void secretsAreNeitherLoggedNorShown() throws Exception {
        var telltale = new Stub(
                "telltale", new Pace(1, Duration.ZERO), _ -> new Outcome.Final("no: s3cret-token\u0000\nagain", false));
        try (var scene = new Scene(List.of(telltale), TWICE)) {
            channel(scene, "telltale");
            scene.subscribe("one", "telltale", "");
            scene.happens(scene.found("r.test/a:1", "CVE-2026-0001", "high"));
            scene.dispatch();
            scene.deliverUntil(scene::settled);
            assertThat(scene.states()).containsOnlyKeys("dead");
            assertThat(scene.column("select answer from delivery_attempt")).containsExactly("no: *** again");
            assertThat(scene.column("select last_error from delivery")).containsExactly("no: *** again");
            var tested = scene.api.post("/api/v1/channels/telltale/test", "");
            assertThat(tested.json().string("answer")).contains("refused for ***");
            assertThat(scene.api.get("/api/v1/channels").text())
                    .doesNotContain("s3cret")
                    .contains("token");
            assertThat(scene.column("select encode(secrets, 'escape') from channel")
                            .getFirst())
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void whatAChannelKeepsBetweenAttemptsComesBack() throws Exception {
        List<String> states = Collections.synchronizedList(new ArrayList<>());
        var keeping = new Stub("keeping", new Pace(1, Duration.ZERO), attempt -> {
            states.add(attempt.number() + " " + attempt.state().orElse("-"));
            return attempt.number() == 1
                    ? new Outcome.Retry("later", Optional.empty(), Optional.of("ts-1"))
                    : new Outcome.Delivered("ok");
        });
        try (var scene = new Scene(List.of(keeping), TWICE)) {
            channel(scene, "keeping");
            scene.subscribe("one", "keeping", "");
            scene.happens(scene.found("r.test/a:1", "CVE-2026-0001", "high"));
            scene.dispatch();
            scene.deliverUntil(
                    () -> scene.column("select outcome from delivery_attempt").contains("retried")
                            && scene.states().containsKey("queued"));
            scene.clock.pass(Duration.ofSeconds(6));
            scene.deliverUntil(scene::settled);
            assertThat(states).containsExactly("1 -", "2 ts-1");
        }
    }

    @Test
    void anotherServerTakesOverWhenALeaseEnds() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var stuck = new Stub("stub", new Pace(1, Duration.ZERO), attempt -> {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException _) {
                return new Outcome.Retry("interrupted");
            }
            return new Outcome.Final("too late", false);
        });
        var good = new Stub("stub", new Pace(1, Duration.ZERO), _ -> new Outcome.Delivered("ok"));
        try (var scene = new Scene(List.of(stuck), TWICE);
                var other = Scene.service(scene.test, scene.clock, List.of(good), TWICE, Duration.ofMinutes(2))) {
            channel(scene, "stub");
            scene.subscribe("one", "stub", "");
            scene.happens(scene.found("r.test/a:1", "CVE-2026-0001", "high"));
            scene.dispatch();
            scene.notifications.deliver();
            begun.await();

            other.deliver();
            Thread.sleep(50);
            assertThat(scene.states()).containsOnlyKeys("sending");
            scene.clock.pass(Duration.ofMinutes(2));
            Scene.deliverUntil(other, () -> scene.states().keySet().equals(Set.of("delivered")));
            release.countDown();
            scene.notifications.close();
            assertThat(scene.states())
                    .as("the first server's word came too late")
                    .containsOnlyKeys("delivered");
            assertThat(scene.column("select outcome from delivery_attempt order by attempt"))
                    .containsExactly("final", "delivered");
        }
    }
}
