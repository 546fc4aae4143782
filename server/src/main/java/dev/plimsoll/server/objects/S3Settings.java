package dev.plimsoll.server.objects;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where a bucket is and who we are there.
///
/// @param endpoint scheme, host and port; no path
/// @param prefix before every key, empty or with a slash at its end
/// @param pathStyle whether the bucket stands in the path, instead of before the host
/// @param sessionToken of temporary credentials
public record S3Settings(
        URI endpoint,
        String region,
        String bucket,
        String prefix,
        boolean pathStyle,
        String accessKey,
        String secretKey,
        Optional<String> sessionToken) {

    /// Reads `s3://bucket/prefix?region=eu-central-1&endpoint=https://host:9000&addressing=path`. What
    /// is not said there comes from the environment: AWS_REGION or AWS_DEFAULT_REGION,
    /// AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL; the credentials only from there: AWS_ACCESS_KEY_ID,
    /// AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN. Without an endpoint the bucket is one of AWS.
    ///
    /// Source: AWS documentation, "Environment variables", "Virtual hosting of buckets".
    ///
    /// @throws IllegalArgumentException with a sentence for people
    public static S3Settings of(String place, Map<String, String> environment) {
        URI uri;
        try {
            uri = URI.create(place);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + place + "' is no address of a bucket: " + e.getMessage(), e);
        }
        var bucket = uri.getAuthority();
        if (!"s3".equals(uri.getScheme()) || bucket == null || !bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw new IllegalArgumentException("'" + place + "' is no address of a bucket: write s3://bucket/prefix");
        }
        var options = options(uri);
        var region =
                first(options.remove("region"), environment.get("AWS_REGION"), environment.get("AWS_DEFAULT_REGION"));
        var endpoint = first(
                options.remove("endpoint"),
                environment.get("AWS_ENDPOINT_URL_S3"),
                environment.get("AWS_ENDPOINT_URL"));
        var addressing = options.remove("addressing");
        if (!options.isEmpty()) {
            throw new IllegalArgumentException("'" + place + "' has an option that is not known, '"
                    + options.keySet().iterator().next() + "': there are region, endpoint, addressing");
        }
        if (addressing != null && !addressing.equals("path") && !addressing.equals("virtual")) {
            throw new IllegalArgumentException("'" + place + "': addressing is either path or virtual");
        }
        if (region.isEmpty() && endpoint.isEmpty()) {
            throw new IllegalArgumentException("the region of the bucket " + bucket
                    + " is not known: set s3-region, or add ?region=… to its address, or set AWS_REGION");
        }
        var prefix = uri.getPath().replaceFirst("^/+", "").replaceFirst("/+$", "");
        if (!prefix.matches("[A-Za-z0-9._/-]*")) {
            throw new IllegalArgumentException("the prefix '" + prefix + "' may have letters, digits and . _ - / only");
        }
        // a certificate for *.s3… does not cover a bucket with dots in its name
        var pathStyle = addressing != null ? addressing.equals("path") : endpoint.isPresent() || bucket.contains(".");
        return new S3Settings(
                endpoint.map(text -> endpoint(place, text))
                        .orElseGet(() -> URI.create("https://s3." + region.orElseThrow() + ".amazonaws.com")),
                region.orElse("us-east-1"),
                bucket,
                prefix.isEmpty() ? "" : prefix + "/",
                pathStyle,
                credential(environment, "AWS_ACCESS_KEY_ID"),
                credential(environment, "AWS_SECRET_ACCESS_KEY"),
                Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")).filter(token -> !token.isBlank()));
    }

    private static Map<String, String> options(URI uri) {
        Map<String, String> options = new HashMap<>();
        if (uri.getQuery() != null) {
            for (var pair : uri.getQuery().split("&", -1)) {
                var equals = pair.indexOf('=');
                options.put(
                        equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        return options;
    }

    private static Optional<String> first(@org.jspecify.annotations.Nullable String... texts) {
        for (var text : texts) {
            if (text != null && !text.isBlank()) {
                return Optional.of(text.strip());
            }
        }
        return Optional.empty();
    }

    private static URI endpoint(String place, String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the endpoint '" + text + "' is no URL: " + e.getMessage(), e);
        }
        if (uri.getScheme() == null
                || !uri.getScheme().matches("https?")
                || uri.getHost() == null
                || uri.getUserInfo() != null
                || !uri.getPath().matches("/?")) {
            throw new IllegalArgumentException(
                    "'" + place + "': the endpoint must be http(s)://host[:port], without a path and without a user");
        }
        return URI.create(uri.getScheme() + "://" + uri.getAuthority());
    }

    private static String credential(Map<String, String> environment, String name) {
        var value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("a bucket needs credentials: set s3-access-key and s3-secret-key, or "
                    + name + " in the environment");
        }
        return value.strip();
    }

    /// @param key without the prefix, empty for the bucket itself; must need no encoding
    String url(String key) {
        var path = key.isEmpty() ? "" : prefix + key;
        return pathStyle
                ? endpoint + "/" + bucket + (path.isEmpty() ? "" : "/" + path)
                : endpoint.getScheme() + "://" + bucket + "." + endpoint.getAuthority() + "/" + path;
    }

    /// Without secrets.
    @Override
    public String toString() {
        return "s3://" + bucket + "/" + prefix + " at " + endpoint;
    }
}
