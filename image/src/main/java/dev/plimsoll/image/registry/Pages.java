package dev.plimsoll.image.registry;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/// Reads lists that come in pages, each naming the next in its header `Link`.
///
/// Source: Distribution Specification 1.1, "Listing Tags"; RFC 8288.
///
/// @param scope of the token that the pages need
/// @param where names what is listed in messages
record Pages(Session session, String repository, String scope, String where) {

    /// Of one list.
    static final int MAX_PAGES = 10_000;
    /// In bytes, of one page.
    static final int MAX_PAGE_BYTES = 8 << 20;

    private static final Pattern NEXT = Pattern.compile("<([^<>]{1,8192})>([^<]{0,1000})", Pattern.CASE_INSENSITIVE);
    private static final Pattern REL_NEXT =
            Pattern.compile("(?:^|[;\\s])rel\\s*=\\s*\"?(?:[^\"]*\\s)?next(?:\\s[^\"]*)?\"?", Pattern.CASE_INSENSITIVE);

    /// Reads pages until there is none, or one of them is enough.
    ///
    /// @param taker takes a page and its answer, and says whether more are wanted
    /// @return the answer's status where the first page is not there, else 200
    int read(String pathAndQuery, BiPredicate<JsonObject, Answer> taker) throws IOException {
        var next = Optional.of(pathAndQuery);
        Set<String> seen = new HashSet<>();
        while (next.isPresent()) {
            if (!seen.add(next.get())) {
                throw Failure.unreadable(where + ": the registry's pages lead in a circle");
            }
            if (seen.size() > MAX_PAGES) {
                throw Failure.unreadable(where + ": the registry has more than " + MAX_PAGES + " pages");
            }
            try (var answer =
                    session.get(repository, next.get(), Map.of("Accept", "application/json, */*;q=0.5"), scope)) {
                if (answer.status() == 404 && seen.size() == 1) {
                    return 404;
                }
                if (answer.status() != 200) {
                    throw RegistryClient.failed(session, answer, repository, where);
                }
                next = taker.test(page(answer), answer) ? next(answer) : Optional.empty();
            } catch (IOException e) {
                throw Failure.at(where, e);
            }
        }
        return 200;
    }

    /// All strings of a member of all pages.
    ///
    /// @param most more are refused
    /// @return empty where the first page is not there
    Optional<List<String>> strings(String pathAndQuery, String member, int most) throws IOException {
        List<String> all = new ArrayList<>();
        var status = read(pathAndQuery, (page, _) -> {
            all.addAll(page.strings(member));
            return all.size() <= most;
        });
        if (all.size() > most) {
            throw Failure.unreadable(where + ": the registry lists more than the limit of " + most + " (--max-names)");
        }
        return status == 404 ? Optional.empty() : Optional.of(all);
    }

    private JsonObject page(Answer answer) throws IOException {
        var bytes = answer.bytes(MAX_PAGE_BYTES)
                .orElseThrow(() -> Failure.unreadable(where + ": a page has more than " + MAX_PAGE_BYTES + " bytes"));
        try {
            if (JsonReader.read(bytes, JsonLimits.FOREIGN.withBytes(MAX_PAGE_BYTES)) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonException e) {
            throw Failure.unreadable(
                    where + ": the registry answers with something that is no JSON: " + e.getMessage());
        }
        throw Failure.unreadable(where + ": the registry answers with something that is no JSON object");
    }

    /// Path and query of the next page; a link to another host is no page of this registry.
    private Optional<String> next(Answer answer) throws ImageException {
        for (var header : answer.headers().allValues("Link")) {
            var matcher = NEXT.matcher(header.length() > 16384 ? header.substring(0, 16384) : header);
            while (matcher.find()) {
                if (REL_NEXT.matcher(matcher.group(2)).find()) {
                    return Optional.of(pathAndQuery(answer.uri(), matcher.group(1)));
                }
            }
        }
        return Optional.empty();
    }

    private String pathAndQuery(URI from, String link) throws ImageException {
        try {
            var uri = from.resolve(URI.create(link));
            var sameHost = uri.getHost() != null
                    && Endpoint.of(uri).host().equals(Endpoint.of(from).host());
            if (sameHost && uri.getRawPath().startsWith("/")) {
                return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        throw Failure.unreadable(where + ": the registry names a next page that is none of its own");
    }
}
