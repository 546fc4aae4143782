package dev.plimsoll.server.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class S3SettingsTest {

    private static Map<String, String> environment(String... more) {
        Map<String, String> all = new HashMap<>(Map.of("AWS_ACCESS_KEY_ID", "us", "AWS_SECRET_ACCESS_KEY", "hush"));
        for (var i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "s3://box?region=eu-central-1, https://box.s3.eu-central-1.amazonaws.com/k",
        "s3://box/a/b/?region=eu-central-1, https://box.s3.eu-central-1.amazonaws.com/a/b/k",
        "s3://my.box?region=eu-central-1, https://s3.eu-central-1.amazonaws.com/my.box/k",
        "s3://box?endpoint=http://127.0.0.1:9000, http://127.0.0.1:9000/box/k",
        "s3://box/a?endpoint=http://127.0.0.1:9000, http://127.0.0.1:9000/box/a/k",
        "s3://box/a?endpoint=https://store.example/&addressing=virtual, https://box.store.example/a/k"
    })
    void knowsWhereAnObjectIs(String place, String url) {
        assertThat(S3Settings.of(place, environment()).url("k")).isEqualTo(url);
    }

    @Test
    void takesFromTheEnvironmentWhatTheAddressLacks() {
        var settings = S3Settings.of(
                "s3://box",
                environment(
                        "AWS_REGION",
                        "eu-west-3",
                        "AWS_ENDPOINT_URL",
                        "http://e:1",
                        "AWS_SESSION_TOKEN",
                        "token-hush"));
        assertThat(settings.region()).isEqualTo("eu-west-3");
        assertThat(settings.url("k")).isEqualTo("http://e:1/box/k");
        assertThat(settings.sessionToken()).contains("token-hush");
        assertThat(settings.toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource({
        "http://box, no address of a bucket",
        "s3://, no address of a bucket",
        "s3://Box, no address of a bucket",
        "s3://box, region",
        "s3://box?region=r&color=red, 'color'",
        "s3://box?region=r&addressing=none, path or virtual",
        "s3://box?endpoint=ftp://x, endpoint",
        "s3://box?endpoint=http://user:hush@x, endpoint"
    })
    void saysWhatIsWrongWithAnAddress(String place, String said) {
        assertThatThrownBy(() -> S3Settings.of(place, environment()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void saysWhichCredentialIsMissing() {
        assertThatThrownBy(() -> S3Settings.of("s3://box?region=r", Map.of("AWS_ACCESS_KEY_ID", "us")))
                .hasMessageContaining("AWS_SECRET_ACCESS_KEY");
    }
}
