package dev.plimsoll.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.testing.TestApi;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MonitoringTest {

    @Test
    void countsByRouteNotByPath() {
        var metrics = new Metrics();
        metrics.answered("GET /api/v1/images/{digest}", 200, 1_000_000, Principal.NOBODY, "192.0.2.1");
        metrics.answered("GET /api/v1/images/{digest}", 200, 1_000_000, Principal.NOBODY, "192.0.2.1");
        metrics.gauge("jobs", "Jobs by state.", "state", () -> List.of(new Metrics.Sample("queued", 3)));

        var text = new TestApi(List.of(metrics.route())).get("/metrics").text();

        assertThat(text)
                .contains("plimsoll_http_requests_total{route=\"GET /api/v1/images/{digest}\",status=\"200\"} 2.0")
                .contains("plimsoll_jobs{state=\"queued\"} 3.0")
                .contains("# TYPE plimsoll_http_request_seconds histogram")
                .doesNotContain("192.0.2.1");
    }

    @Test
    void isReadyOnlyWhereEverythingIsThere() {
        var health = new Health();
        var broken = new boolean[1];
        health.add("database", () -> {
            if (broken[0]) {
                throw new IOException("password=hunter2");
            }
        });
        var api = new TestApi(Stream.of(health.routes()).flatMap(List::stream).toList());

        assertThat(api.get("/readyz").status()).isEqualTo(200);
        broken[0] = true;
        var answer = api.get("/readyz");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).contains("database").doesNotContain("hunter2");
        assertThat(api.get("/livez").status()).isEqualTo(200);
        broken[0] = false;
        health.close();
        assertThat(api.get("/readyz").status()).isEqualTo(503);
    }
}
