package dev.plimsoll.image.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a registry demands in its header `WWW-Authenticate`. What has no such form gives no challenge.
///
/// Source: RFC 9110, section 11.6.1; Distribution Specification's token authentication.
///
/// @param scheme lower-case, `basic` or `bearer`
/// @param parameters by lower-case name; of several with one name the first
record Challenge(String scheme, Map<String, String> parameters) {

    /// In characters, of one header; what is longer is cut.
    static final int MAX_LENGTH = 8192;

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /// All challenges of all headers, in their order.
    static List<Challenge> parse(List<String> headers) {
        List<Challenge> challenges = new ArrayList<>();
        for (var header : headers) {
            new Parser(header.length() > MAX_LENGTH ? header.substring(0, MAX_LENGTH) : header).parse(challenges);
        }
        return challenges;
    }

    /// A list of challenges separates both its challenges and their parameters by commas: a token without `=` behind
    /// it begins a challenge.
    private static final class Parser {

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        void parse(List<Challenge> into) {
            Map<String, String> parameters = new LinkedHashMap<>();
            var scheme = "";
            while (true) {
                skip(" \t,");
                var token = token();
                if (token.isEmpty()) {
                    break;
                }
                var behind = at;
                skip(" \t");
                if (at < text.length() && text.charAt(at) == '=' && !scheme.isEmpty()) {
                    at++;
                    skip(" \t");
                    parameters.putIfAbsent(token.toLowerCase(Locale.ROOT), value());
                } else {
                    at = behind;
                    if (!scheme.isEmpty()) {
                        into.add(new Challenge(scheme, parameters));
                    }
                    scheme = token.toLowerCase(Locale.ROOT);
                    parameters.clear();
                }
            }
            if (!scheme.isEmpty()) {
                into.add(new Challenge(scheme, parameters));
            }
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private String token() {
            var start = at;
            while (at < text.length() && " \t,=\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private String value() {
            if (at >= text.length() || text.charAt(at) != '"') {
                return token();
            }
            at++;
            var value = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            at = Math.min(at + 1, text.length()); // the end of the text may stand in place of the quote
            return value.toString();
        }
    }
}
