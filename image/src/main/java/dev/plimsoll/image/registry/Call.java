package dev.plimsoll.image.registry;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A request.
///
/// @param headers may hold `Authorization`, which goes to the endpoint of `uri` alone
/// @param form sent with POST; empty for GET
record Call(URI uri, Map<String, String> headers, Optional<String> form) {

    static final String AUTHORIZATION = "Authorization";

    Call {
        headers = Map.copyOf(headers);
    }

    static Call get(URI uri) {
        return new Call(uri, Map.of(), Optional.empty());
    }

    Call with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(uri, more, form);
    }

    /// The same question to another place, without what only the first one may know.
    Call elsewhere(URI other) {
        var fewer = new LinkedHashMap<>(headers);
        fewer.remove(AUTHORIZATION);
        return new Call(other, fewer, form);
    }

    Call to(URI other) {
        return new Call(other, headers, form);
    }

    /// Headers and form may hold secrets.
    @Override
    public String toString() {
        return (form.isPresent() ? "POST " : "GET ") + Endpoint.of(uri) + uri.getRawPath();
    }
}
