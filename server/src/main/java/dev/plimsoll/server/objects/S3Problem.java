package dev.plimsoll.server.objects;

import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/// What S3 says is wrong.
///
/// Source: AWS documentation, "Amazon S3 API Reference", "Error responses".
///
/// @param code a word such as `NoSuchBucket`, empty where it said nothing that is understood
/// @param message for people
/// @param region where the bucket is, where it says so
record S3Problem(String code, String message, Optional<String> region) {

    private static final Set<Integer> PASSING_STATUS = Set.of(408, 429, 500, 502, 503, 504);
    private static final Set<String> PASSING_CODE =
            Set.of("RequestTimeout", "SlowDown", "InternalError", "ServiceUnavailable", "OperationAborted");
    private static final int LONGEST_MESSAGE = 300;

    /// Never throws: an answer of something else than S3 is a problem too.
    static S3Problem read(byte[] body) {
        String code = "";
        String message = "";
        Optional<String> region = Optional.empty();
        try {
            var xml = S3Page.reader(body);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "Code" -> code = xml.getElementText();
                        case "Message" -> message = xml.getElementText();
                        case "Region" -> region = Optional.of(xml.getElementText());
                        default -> {}
                    }
                }
            }
        } catch (XMLStreamException _) {
            // a proxy's page, or nothing
        }
        return new S3Problem(
                code.strip(),
                message.strip()
                        .substring(0, Math.min(LONGEST_MESSAGE, message.strip().length())),
                region);
    }

    /// Whether the same request may be answered well later.
    boolean passes(int status) {
        return PASSING_STATUS.contains(status) || PASSING_CODE.contains(code);
    }

    String sentence(int status, Optional<String> bucketRegion, S3Settings settings) {
        var said = code.isEmpty()
                ? "HTTP " + status
                : "HTTP " + status + " " + code + (message.isEmpty() ? "" : ", " + message);
        return switch (code) {
            case "NoSuchBucket" ->
                "there is no bucket " + settings.bucket() + " (" + said + "): make it, or correct its name";
            case "SignatureDoesNotMatch", "InvalidAccessKeyId", "InvalidToken", "ExpiredToken" ->
                "the credentials are not taken (" + said
                        + "): look at s3-access-key and s3-secret-key, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
            case "RequestTimeTooSkewed" -> "the clocks differ (" + said + "): set this machine's";
            case "XMinioStorageFull", "QuotaExceeded", "EntityTooLarge" -> "no room (" + said + "): free some there";
            default ->
                bucketRegion.isPresent() && !bucketRegion.get().equals(settings.region())
                        ? "the bucket is in the region " + bucketRegion.get() + ", not " + settings.region() + " ("
                                + said + "): set s3-region, or add ?region=" + bucketRegion.get()
                        : switch (status) {
                            case 301, 302, 307, 308 ->
                                "the bucket is elsewhere (" + said
                                        + "): correct the endpoint, the region, or addressing=path|virtual";
                            case 401, 403 ->
                                "not allowed (" + said
                                        + "): the credentials must be allowed to list, get, put and delete in "
                                        + settings;
                            case 404 -> "there is nothing there (" + said + "): correct the endpoint and the bucket";
                            case 507 -> "no room (" + said + "): free some there";
                            default -> said;
                        };
        };
    }
}
