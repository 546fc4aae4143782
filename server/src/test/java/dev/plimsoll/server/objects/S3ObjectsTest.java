package dev.plimsoll.server.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.server.objects.S3StandIn.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class S3ObjectsTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
    private static final Fault BUSY = new Fault.Answer(503, "SlowDown", Map.of());

    @TempDir
    private Path scratch;

    private S3StandIn bucket;
    private S3Objects objects;

    S3ObjectsTest() throws IOException {
        bucket = new S3StandIn();
        objects = open(bucket.settings("/our/objects"));
    }

    @BeforeEach
    void start() throws IOException {
        stop();
        bucket = new S3StandIn();
        objects = open(bucket.settings("/our/objects"));
    }

    @AfterEach
    void stop() {
        objects.close();
        bucket.close();
    }

    private S3Objects open(S3Settings settings) throws IOException {
        var folder = scratch == null ? Files.createTempDirectory("objects") : scratch;
        return S3Objects.open(settings, folder, CLOCK, Duration.ofMillis(1), 2);
    }

    private static ObjectStore.Content text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] all(Optional<InputStream> in) throws IOException {
        try (var open = in.orElseThrow()) {
            return open.readAllBytes();
        }
    }

    @Test
    void putsWhatIsThereOnlyOnceUntilItIsOld() throws IOException {
        bucket.now(Instant.now());
        var digest = objects.put(text("a"));
        assertThat(objects.put(text("a"))).isEqualTo(digest);
        assertThat(bucket.requests())
                .filteredOn(request -> request.startsWith("PUT"))
                .hasSize(1);
        bucket.now(Instant.now().minus(Duration.ofDays(2)));
        objects.put(text("a"));
        assertThat(bucket.requests())
                .filteredOn(request -> request.startsWith("PUT"))
                .hasSize(2);
        assertThat(bucket.objects().keySet())
                .containsExactly("our/objects/sha256/" + digest.substring(7, 9) + "/" + digest.substring(7) + ".zst");
    }

    @Test
    void asksAgainWhileTheBucketIsBusy() throws IOException {
        bucket.fail(S3Client.ATTEMPTS - 1, BUSY);
        var digest = objects.put(text("a")); // the question whether it is there is asked so often
        bucket.fail(2, new Fault.HangUp());
        bucket.fail(1, new Fault.Answer(500, "InternalError", Map.of()));
        assertThat(all(objects.read(digest))).isEqualTo("a".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void givesUpAfterAWhileAndSaysWhere() throws IOException {
        var digest = objects.put(text("a"));
        var before = bucket.requests().size();
        bucket.fail(S3Client.ATTEMPTS, BUSY);
        assertThatThrownBy(() -> objects.read(digest))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageContaining("SlowDown")
                .hasMessageContaining("s3://box/our/objects/");
        assertThat(bucket.requests()).hasSize(before + S3Client.ATTEMPTS);
    }

    @Test
    void neverTakesABodyThatIsCutForTheWhole() throws IOException {
        var bytes = new byte[200_000];
        new Random(1).nextBytes(bytes);
        var digest = objects.put(out -> out.write(bytes));
        bucket.fail(1, new Fault.Cut());
        assertThatThrownBy(() -> all(objects.read(digest)))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageContaining(digest);
        assertThat(all(objects.read(digest))).isEqualTo(bytes);
        bucket.fail(1, new Fault.Cut());
        assertThatThrownBy(() -> objects.file(digest)).isInstanceOf(ObjectStoreException.class);
        assertThat(Files.readAllBytes(objects.file(digest))).isEqualTo(bytes);
    }

    @Test
    void neverTakesWhatWasChangedForTheObject() throws IOException {
        var digest = objects.put(text("a"));
        var other = objects.put(text("b"));
        bucket.objects()
                .replaceAll((key, value) -> key.contains(digest.substring(7))
                        ? bucket.objects().get("our/objects/" + Digests.place(other))
                        : value);
        assertThatThrownBy(() -> all(objects.read(digest))).hasMessageContaining("something else");
    }

    @Test
    void givesUpOnABodyThatStalls() throws Exception {
        var in = new InputStream() {
            private boolean closed;

            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1);
            }

            @Override
            public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
                while (!closed) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                throw new IOException("closed");
            }

            @Override
            public synchronized void close() {
                closed = true;
                notifyAll();
            }
        };
        try (var guarded = new StallGuard(in, Duration.ofMillis(40))) {
            assertThatThrownBy(() -> guarded.read(new byte[8])).hasMessageContaining("nothing more came");
        }
    }

    @Test
    void listsAllPagesOfItsOwnPrefix() throws IOException {
        var digests = new java.util.TreeSet<String>();
        for (var i = 0; i < 5; i++) {
            digests.add(objects.put(text("object " + i)));
        }
        bucket.objects().put("our/objects/sha256/zz/note.txt", new byte[0]);
        bucket.objects().put("elsewhere/sha256/aa/" + "a".repeat(64) + ".zst", new byte[0]);
        try (var all = objects.all()) {
            assertThat(all.toList()).containsExactlyElementsOf(digests);
        }
        objects.delete(digests.first());
        objects.delete(digests.first());
        try (var all = objects.all()) {
            assertThat(all.toList()).hasSize(4).doesNotContain(digests.first());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, must be allowed to list",
        "403, SignatureDoesNotMatch, AWS_SECRET_ACCESS_KEY",
        "403, RequestTimeTooSkewed, clocks differ",
        "404, NoSuchBucket, there is no bucket box",
        "301, PermanentRedirect, ?region=eu-north-1",
        "507, XMinioStorageFull, no room"
    })
    void saysWhatToDoWhereTheBucketRefuses(int status, String code, String said) {
        var headers = status == 301 ? Map.of("x-amz-bucket-region", "eu-north-1") : Map.<String, String>of();
        bucket.fail(1, new Fault.Answer(status, code, headers));
        assertThatThrownBy(() -> open(bucket.settings("")))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageContaining(said)
                .hasMessageContaining("s3://box/")
                .hasMessageNotContaining(S3StandIn.SECRET);
    }

    @Test
    void isRefusedWithAWrongSecret() {
        var settings = bucket.settings("");
        var wrong = new S3Settings(
                settings.endpoint(), "us-east-1", S3StandIn.BUCKET, "", true, "us", "guess", Optional.empty());
        assertThatThrownBy(() -> open(wrong)).hasMessageContaining("SignatureDoesNotMatch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
                "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><ListBucketResult><Key>&b;</Key></ListBucketResult>",
                "<Other/>"
            })
    void refusesAListThatIsNone(String text) {
        assertThatThrownBy(() -> S3Page.read(text.getBytes(StandardCharsets.UTF_8), "s3://box/"))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageContaining("s3://box/");
    }

    @Test
    void neverFailsOtherwiseOnAnswersThatAreChangedOnTheWay() {
        var list = "<?xml version=\"1.0\"?><ListBucketResult><Contents><Key>a&amp;b</Key></Contents>"
                + "<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></ListBucketResult>";
        var random = new Random(17);
        for (var round = 0; round < 3000; round++) {
            var bytes = list.getBytes(StandardCharsets.UTF_8);
            for (var i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(S3Problem.read(bytes).message()).hasSizeLessThan(301);
            try {
                assertThat(S3Page.read(bytes, "s3://box/").keys()).hasSizeLessThan(2);
            } catch (ObjectStoreException e) {
                assertThat(e).hasMessageContaining("s3://box/");
            }
        }
    }
}
