package dev.plimsoll.server.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Source: AWS documentation, "Signature Calculations for the Authorization Header: Transferring
/// Payload in a Single Chunk", its examples.
final class S3SignatureTest {

    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final S3Signature signature = new S3Signature(
            "us-east-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "GET, /test.txt, range, bytes=0-9, " + NOTHING
                + ", f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        "PUT, /test%24file.text, x-amz-storage-class, REDUCED_REDUNDANCY,"
                + " 44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072,"
                + " 98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        "GET, /?lifecycle, , , " + NOTHING + ", fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        "GET, /?prefix=J&max-keys=2, , , " + NOTHING
                + ", 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    })
    void signsAsTheDocumentationDoes(
            String method,
            String target,
            @org.jspecify.annotations.Nullable String header,
            @org.jspecify.annotations.Nullable String value,
            String payload,
            String expected) {
        Map<String, String> further = header == null || value == null
                ? Map.of()
                : method.equals("PUT")
                        ? Map.of(header, value, "date", "Fri, 24 May 2013 00:00:00 GMT")
                        : Map.of(header, value);
        var signed = signature.sign(
                method,
                URI.create("https://examplebucket.s3.amazonaws.com" + target),
                further,
                payload,
                Instant.parse("2013-05-24T00:00:00Z"));
        assertThat(signed.get("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, ")
                .endsWith("Signature=" + expected);
        assertThat(signed).doesNotContainKey("host");
    }
}
