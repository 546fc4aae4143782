package dev.plimsoll.server.objects;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs requests to S3. Safe for several threads.
///
/// Source: AWS documentation, "Signature Version 4 signing process", "Authenticating Requests: Using
/// the Authorization Header".
final class S3Signature {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DAY_LENGTH = 8;

    private final String region;
    private final String accessKey;
    private final String secretKey;
    private final Optional<String> sessionToken;

    S3Signature(String region, String accessKey, String secretKey, Optional<String> sessionToken) {
        this.region = region;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.sessionToken = sessionToken;
    }

    /// The headers that a request must carry, its own `further` ones among them; `host` is left to the
    /// client.
    ///
    /// @param further names in lower case
    /// @param payload SHA-256 of the body, in hex
    Map<String, String> sign(String method, URI uri, Map<String, String> further, String payload, Instant now) {
        var time = TIME.format(now);
        SortedMap<String, String> headers = new TreeMap<>(further);
        headers.put("x-amz-content-sha256", payload);
        headers.put("x-amz-date", time);
        sessionToken.ifPresent(token -> headers.put("x-amz-security-token", token));
        headers.put("host", uri.getRawAuthority());
        var names = String.join(";", headers.keySet());
        var request = new StringBuilder(method)
                .append('\n')
                .append(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                .append('\n')
                .append(query(uri))
                .append('\n');
        headers.forEach((name, value) -> request.append(name)
                .append(':')
                .append(value.strip().replaceAll(" +", " "))
                .append('\n'));
        request.append('\n').append(names).append('\n').append(payload);
        var scope = time.substring(0, DAY_LENGTH) + "/" + region + "/s3/aws4_request";
        var text = ALGORITHM + "\n" + time + "\n" + scope + "\n" + sha256(request.toString());
        var signature = HexFormat.of().formatHex(hmac(key(time.substring(0, DAY_LENGTH)), text));
        headers.put(
                "authorization",
                ALGORITHM + " Credential=" + accessKey + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                        + signature);
        headers.remove("host");
        return headers;
    }

    private byte[] key(String day) {
        var key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (var part : new String[] {day, region, "s3", "aws4_request"}) {
            key = hmac(key, part);
        }
        return key;
    }

    /// Names and values encoded and sorted.
    private static String query(URI uri) {
        if (uri.getRawQuery() == null) {
            return "";
        }
        var pairs = new ArrayList<String>();
        for (var pair : uri.getRawQuery().split("&", -1)) {
            var equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            pairs.add(encode(decode(name)) + "=" + encode(decode(value)));
        }
        pairs.sort(null);
        return String.join("&", pairs);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Everything but the unreserved characters of RFC 3986, section 2.3.
    static String encode(String text) {
        var encoded = new StringBuilder();
        for (var b : text.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    static String sha256(String text) {
        return HexFormat.of().formatHex(Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
