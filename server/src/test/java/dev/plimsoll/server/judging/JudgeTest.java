package dev.plimsoll.server.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.notify.message.Item;
import dev.plimsoll.server.notify.message.ItemReader;
import dev.plimsoll.server.notify.message.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which rows and events come of judging.
final class JudgeTest {

    private static final String GRACE = "{\"grace\": [{\"days\": 7, \"from\": \"first_seen\"}]}";

    @TempDir
    private Path folder;

    private Service service;

    @BeforeEach
    void start() throws IOException {
        service = new Service(folder);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private String decisions(long image) {
        return String.join(
                " ",
                service.all("select decision from verdict where image_id = " + image + " order by id", String.class));
    }

    private String lastCauses() {
        return service.one("select array_to_string(causes, ' ') from verdict order by id desc limit 1", String.class);
    }

    private JsonObject lastEvent() throws JsonException {
        return (JsonObject) JsonReader.read(
                service.one("select payload from event order by sequence desc limit 1", String.class),
                JsonLimits.AUTHORED);
    }

    private int events() {
        return service.one("select count(*) from event", Integer.class);
    }

    @Test
    void firstVerdictTellsThatTheImageIsNew() throws Exception {
        service.revision("lodash CRITICAL 4.17.21");
        long image = service.image("registry.example/shop:1", "lodash@4.17.0");
        service.judge(image, Cause.IMAGE_CHANGED);
        assertThat(decisions(image)).isEqualTo("FAIL");
        assertThat(lastCauses()).isEqualTo("IMAGE_CHANGED");
        var event = lastEvent();
        assertThat(event.string("digest")).contains(service.digest(image));
        assertThat(event.get("before").orElseThrow().typeName()).isEqualTo("null");
        assertThat(event.object("after").string("decision")).contains("fail");
        assertThat(event.objects("new_results")).hasSize(1);
        assertThat(event.objects("new_results").getFirst().string("stable_id").orElseThrow())
                .contains("CVE-lodash-4.17.21");
        assertThat(service.one("select kind || ' ' || name from event", String.class))
                .isEqualTo("policy_eval registry.example/shop:1");
        // and as those read it who tell people
        var item = (Item.PolicyEvaluation) ItemReader.read(
                EventKind.POLICY_EVAL,
                new Subject(UUID.randomUUID(), service.now(), "registry.example/shop:1", "", Set.of()),
                event);
        assertThat(item.after())
                .isEqualTo(new Item.Verdict("FAIL", "STOP", 1, item.after().warns()));
        assertThat(item.bundle()).isEqualTo("plimsoll-default");
        assertThat(item.newResults().getFirst().action()).isEqualTo("STOP");
    }

    @Test
    void whatDidNotChangeWritesNothing() throws Exception {
        service.revision("lodash CRITICAL 4.17.21");
        long image = service.image("registry.example/shop:1", "lodash@4.17.0");
        service.judge(image, Cause.IMAGE_CHANGED);
        var before = service.one("select xmin::text || ' ' || ctid::text from verdict", String.class);
        service.days(1).revision("lodash CRITICAL 4.17.21", "other HIGH 2.0.0");
        service.judge(image, Cause.ADVISORY_ADDED);
        assertThat(service.one("select xmin::text || ' ' || ctid::text from verdict", String.class))
                .isEqualTo(before);
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void newAdvisoryClosesTheRowAndOpensAnother() throws Exception {
        service.revision("lodash CRITICAL 4.17.21");
        long image = service.image("registry.example/shop:1", "axios@1.0.0");
        service.judge(image, Cause.IMAGE_CHANGED);
        service.days(1).revision("lodash CRITICAL 4.17.21", "axios CRITICAL 1.2.0");
        service.judge(image, Cause.ADVISORY_ADDED);
        assertThat(decisions(image)).isEqualTo("PASS FAIL");
        assertThat(lastCauses()).isEqualTo("ADVISORY_ADDED");
        assertThat(lastEvent().object("before").string("decision")).contains("pass");
        assertThat(service.one(
                        "select a.valid_to = b.at from verdict a, verdict b where a.valid_to is not null and b.valid_to is null",
                        Boolean.class))
                .isTrue();
        service.days(1).revision("lodash CRITICAL 4.17.21");
        service.judge(image, Cause.ADVISORY_WITHDRAWN);
        assertThat(decisions(image)).isEqualTo("PASS FAIL PASS");
        assertThat(lastEvent().number("gone_results").orElseThrow().intValue()).isEqualTo(1);
        assertThat(lastEvent().array("new_results")).isEmpty();
    }

    @Test
    void severityThatChangesNothingOfTheDecisionIsAChangeOfResults() throws Exception {
        service.activate(Service.bundle("b", "low", "{}"));
        service.revision("lodash HIGH 4.17.21");
        long image = service.image("registry.example/shop:1", "lodash@4.17.0", "axios@1.0.0");
        service.judge(image, Cause.IMAGE_CHANGED);
        service.days(1).revision("axios HIGH 2.0.0");
        service.judge(image, Cause.ADVISORY_ADDED, Cause.ADVISORY_WITHDRAWN);
        // one stop before and after, of something else
        assertThat(decisions(image)).isEqualTo("FAIL FAIL");
        assertThat(lastCauses()).isEqualTo("ADVISORY_ADDED ADVISORY_WITHDRAWN");
    }

    @Test
    void timeToMendEnds() throws Exception {
        service.revision("lodash HIGH 4.17.21");
        service.activate(Service.bundle("b", "high", GRACE));
        long image = service.image("registry.example/shop:1", "lodash@4.17.0");
        service.judge(image, Cause.IMAGE_CHANGED);
        assertThat(decisions(image)).isEqualTo("PASS");
        assertThat(service.one(
                        "select lease_then || ' ' || (lease_until = next_change_at)::text from verdict", String.class))
                .isEqualTo("FAIL true");
        service.days(6);
        assertThat(service.timer.turn()).isFalse();
        assertThat(decisions(image)).isEqualTo("PASS");
        service.days(2);
        service.timer.turn();
        assertThat(decisions(image)).isEqualTo("PASS FAIL");
        assertThat(lastCauses()).isEqualTo("GRACE_ENDED");
        service.days(30);
        service.timer.turn();
        assertThat(decisions(image)).isEqualTo("PASS FAIL");
    }

    @Test
    void timeIsNotCountedFromBeforeTheImageWasAnalysed() throws Exception {
        service.revision("lodash HIGH 4.17.21");
        service.activate(Service.bundle("b", "high", GRACE));
        service.days(30);
        long image = service.image("registry.example/shop:1", "lodash@4.17.0");
        service.judge(image, Cause.IMAGE_CHANGED);
        assertThat(decisions(image)).isEqualTo("PASS");
    }

    @Test
    void imageThatCannotBeReadDoesNotStandInTheTimersWay() throws Exception {
        service.revision("lodash HIGH 4.17.21");
        service.activate(Service.bundle("b", "high", GRACE));
        long broken = service.image("registry.example/broken:1", "lodash@4.17.0", "other@1.0.0");
        long image = service.image("registry.example/shop:1", "lodash@4.17.0");
        service.judge(broken, Cause.IMAGE_CHANGED);
        service.judge(image, Cause.IMAGE_CHANGED);
        service.test
                .database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update image set inventory_object = 'sha256:" + "0".repeat(64) + "' where id = " + broken));
        service.days(8);
        service.timer.turn();
        assertThat(decisions(image)).isEqualTo("PASS FAIL");
        assertThat(decisions(broken)).isEqualTo("PASS");
        assertThat(service.one(
                        "select next_change_at from verdict where valid_to is null and image_id = " + broken,
                        java.time.Instant.class))
                .isAfter(service.now());
    }

    @Test
    void activationJudgesAllImagesAnew() throws Exception {
        service.revision("lodash HIGH 4.17.21");
        long image = service.image("registry.example/shop:1", "lodash@4.17.0");
        service.judge(image, Cause.IMAGE_CHANGED);
        // the default bundle asks which vulnerabilities are exploited, and this data does not tell
        assertThat(decisions(image)).isEqualTo("DATA_MISSING");
        service.seconds(1).activate(Service.bundle("b", "high", "{}"));
        assertThat(decisions(image)).isEqualTo("DATA_MISSING FAIL");
        assertThat(lastCauses()).isEqualTo("POLICY_CHANGED");
        // other mappings, and nothing else
        service.seconds(1)
                .activate(Service.bundle("b", "high", "{}")
                        .replace("\"registry\": \"*\"", "\"registry\": \"other.example\""));
        assertThat(decisions(image)).isEqualTo("DATA_MISSING FAIL UNKNOWN");
        assertThat(lastCauses()).isEqualTo("MAPPING_CHANGED");
    }

    @Test
    void sweepJudgesOthersWhereAnImageCannotBeRead() throws Exception {
        service.revision("lodash HIGH 4.17.21");
        service.activate(Service.bundle("b", "high", "{}"));
        long broken = service.image("registry.example/broken:1", "lodash@4.17.0", "other@1.0.0");
        long image = service.image("registry.example/shop:1", "lodash@4.17.0");
        service.test
                .database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update image set inventory_object = 'sha256:" + "0".repeat(64) + "' where id = " + broken));
        var job = new DoneNow(1, service.account, "{\"causes\":[\"POLICY_CHANGED\"]}");
        // one image at a time, the broken one first
        assertThatThrownBy(() -> new AccountSweep(service.test.database(), service.sweep, 1).run(job))
                .hasMessageContaining("could not be judged");
        assertThat(decisions(image)).isEqualTo("FAIL");
        assertThat(decisions(broken)).isEmpty();
    }

    @Test
    void bundleThatSaysTheSameIsARowAndNoEvent() throws Exception {
        service.revision("lodash HIGH 4.17.21");
        long image = service.image("registry.example/shop:1", "lodash@4.17.0");
        service.activate(Service.bundle("b", "high", "{}"));
        int events = events();
        service.seconds(1).activate(Service.bundle("b", "high", "{}").replace("\"name\": \"B\"", "\"name\": \"C\""));
        assertThat(decisions(image)).isEqualTo("FAIL FAIL");
        assertThat(events()).isEqualTo(events);
    }

    @Test
    void waiverComesExpiresAndIsTakenAway() throws Exception {
        service.revision("lodash HIGH 4.17.21");
        service.activate(Service.bundle("b", "high", "{}"));
        long image = service.image("registry.example/shop:1", "lodash@4.17.0");
        service.judge(image, Cause.IMAGE_CHANGED);
        var waiver = """
                version: 1
                waivers:
                  - id: w
                    scope: { ids: [ CVE-lodash-4.17.21 ] }
                    reason: accepted-risk
                    text: because
                    owner: me
                    until: %s
                """;
        service.seconds(1);
        assertThat(service.api
                        .put("/api/v1/waivers/team", waiver.formatted("2026-06-10"))
                        .status())
                .isEqualTo(200);
        service.work();
        assertThat(decisions(image)).isEqualTo("FAIL PASS");
        assertThat(lastCauses()).isEqualTo("WAIVER_ADDED");
        service.days(10);
        service.timer.turn();
        assertThat(decisions(image)).isEqualTo("FAIL PASS FAIL");
        assertThat(lastCauses()).isEqualTo("WAIVER_EXPIRED");
        service.api.put("/api/v1/waivers/team", waiver.formatted("2026-12-31"));
        service.work();
        service.seconds(1);
        assertThat(service.api.delete("/api/v1/waivers/team").status()).isEqualTo(204);
        service.work();
        assertThat(decisions(image)).isEqualTo("FAIL PASS FAIL PASS FAIL");
        assertThat(lastCauses()).isEqualTo("WAIVER_EXPIRED");
    }

    @Test
    void dataGetsOld() throws Exception {
        service.revision("lodash HIGH 4.17.21");
        service.activate(Service.bundle("b", "high", "{}").replace("\"rules\": [", """
                "rules": [{"id": "d", "gate": "vulnerabilities", "trigger": "stale_feed_data", "action": "STOP",
                    "params": [{"name": "max_days_since_sync", "value": "5"}]},"""));
        long image = service.image("registry.example/shop:1", "axios@1.0.0");
        service.judge(image, Cause.IMAGE_CHANGED);
        service.days(6);
        service.timer.turn();
        assertThat(decisions(image)).isEqualTo("PASS FAIL");
        assertThat(lastCauses()).isEqualTo("DATA_STALE");
        service.revision("lodash HIGH 4.17.21");
        service.judge(image, Cause.ADVISORY_CHANGED);
        assertThat(decisions(image)).isEqualTo("PASS FAIL PASS");
    }

    private String old() {
        return Service.bundle("b", "high", "{}").replace("\"rules\": [", """
                "rules": [{"id": "d", "gate": "vulnerabilities", "trigger": "stale_feed_data", "action": "STOP",
                    "params": [{"name": "max_days_since_sync", "value": "5"}]},""");
    }

    @Test
    void newerDataMendsWhatOldDataFailed() throws Exception {
        service.revision("lodash HIGH 4.17.21");
        service.activate(old());
        long image = service.image("registry.example/shop:1", "axios@1.0.0");
        service.days(6);
        service.judge(image, Cause.IMAGE_CHANGED);
        assertThat(decisions(image)).isEqualTo("FAIL");
        // which finds nothing else of any image
        service.revision("lodash HIGH 4.17.21");
        assertThat(service.timer.turn()).isFalse();
        assertThat(decisions(image)).isEqualTo("FAIL PASS");
        assertThat(lastCauses()).isEqualTo("DATA_STALE");
        var written = service.one(
                "select xmin::text || ' ' || ctid::text from verdict order by id desc limit 1", String.class);
        service.seconds(1).revision("lodash HIGH 4.17.21");
        service.timer.turn();
        assertThat(service.one(
                        "select xmin::text || ' ' || ctid::text from verdict order by id desc limit 1", String.class))
                .isEqualTo(written);
    }

    @Test
    void staleImageThatCannotBeReadIsTriedAgainLater() throws Exception {
        service.revision("lodash HIGH 4.17.21");
        service.activate(old());
        long image = service.image("registry.example/shop:1", "axios@1.0.0");
        service.days(6);
        service.judge(image, Cause.IMAGE_CHANGED);
        var object = service.one("select inventory_object from image", String.class);
        service.test
                .database()
                .jdbi()
                .useHandle(handle ->
                        handle.execute("update image set inventory_object = 'sha256:" + "0".repeat(64) + "'"));
        service.revision("lodash HIGH 4.17.21");
        assertThat(service.timer.turn()).isFalse();
        assertThat(service.one("select next_change_at from verdict", java.time.Instant.class))
                .isAfter(service.now());
        service.test
                .database()
                .jdbi()
                .useHandle(handle -> handle.execute("update image set inventory_object = '" + object + "'"));
        service.seconds(3600).timer.turn();
        assertThat(decisions(image)).isEqualTo("FAIL PASS");
        assertThat(lastCauses()).isEqualTo("DATA_STALE");
    }

    @Test
    void whatBecomesKnownOfExploitationMeanwhileIsNotForgotten() throws Exception {
        service.exploit("CVE-2026-0002");
        service.revision("lodash HIGH 4.17.21 CVE-2026-0001");
        long image = service.image("registry.example/shop:1", "lodash@4.17.0");
        var once = new java.util.concurrent.atomic.AtomicBoolean();
        service.opened = () -> {
            if (once.compareAndSet(false, true)) {
                service.exploit("CVE-2026-0001");
            }
        };
        service.judge(image, Cause.IMAGE_CHANGED);
        // by the default bundle
        assertThat(decisions(image)).isEqualTo("FAIL");
    }

    @Test
    void causeOfTimeIsToldByItsWords() {
        assertThat(TimeCauses.of("the virus scanner's signatures are over 7 days old"))
                .isEqualTo(Cause.DATA_STALE);
        assertThat(TimeCauses.of("the waiver w begins")).isEqualTo(Cause.WAIVER_ADDED);
        assertThat(TimeCauses.of("the allowlist item i expires")).isEqualTo(Cause.WAIVER_EXPIRED);
        assertThat(TimeCauses.of("CVE-1 in curl is due by 2026-06-01")).isEqualTo(Cause.GRACE_ENDED);
    }

    @Test
    void imageIsJudgedUnderEachName() throws Exception {
        service.revision("lodash CRITICAL 4.17.21");
        long image = service.image("", "lodash@4.17.0");
        service.judge(image, Cause.IMAGE_CHANGED);
        assertThat(service.all("select name from verdict where valid_to is null", String.class))
                .containsExactly("");
        service.seconds(1);
        service.test.database().jdbi().useTransaction(handle -> {
            service.tag(handle, image, "registry.example/shop:1");
            service.tag(handle, image, "registry.example/shop:2");
        });
        service.judge(image, Cause.IMAGE_CHANGED);
        assertThat(service.all("select name from verdict where valid_to is null order by name", String.class))
                .containsExactly("registry.example/shop:1", "registry.example/shop:2");
        assertThat(service.one("select count(*) from verdict where valid_to is not null", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void withoutDataItSaysSo() throws Exception {
        long image = service.image("registry.example/shop:1", "lodash@4.17.0");
        service.judge(image, Cause.IMAGE_CHANGED);
        assertThat(decisions(image)).isEqualTo("DATA_MISSING");
    }

    @Test
    void imageOfAnotherAccountIsPassedOver() throws Exception {
        service.revision("lodash CRITICAL 4.17.21");
        long image = service.image("registry.example/shop:1", "lodash@4.17.0");
        assertThat(service.judge.judge(service.account + 1, image, java.util.Set.of(), false))
                .isZero();
        assertThat(decisions(image)).isEmpty();
    }
}
