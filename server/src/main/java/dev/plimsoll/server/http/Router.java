package dev.plimsoll.server.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Finds the route of a request. Immutable.
public final class Router {

    private record Line(Route route, List<String> segments) {}

    private final List<Line> lines;

    /// @throws IllegalArgumentException where two routes mean the same requests
    public Router(List<Route> routes) {
        this.lines = routes.stream()
                .map(route -> new Line(route, segments(route.path())))
                // fixed words before parameters
                .sorted((left, right) -> compare(left.segments, right.segments))
                .toList();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).route.method() == lines.get(i - 1).route.method()
                    && shape(lines.get(i)).equals(shape(lines.get(i - 1)))) {
                throw new IllegalArgumentException(lines.get(i).route.name() + " and "
                        + lines.get(i - 1).route.name() + " are the same route");
            }
        }
    }

    public List<Route> routes() {
        return lines.stream().map(Line::route).toList();
    }

    /// What was found.
    public sealed interface Match {

        /// @param parameters decoded
        record Found(Route route, Map<String, String> parameters) implements Match {
            public Found {
                parameters = Map.copyOf(parameters);
            }
        }

        /// The path is there, for other methods.
        record OtherMethods(List<String> allowed) implements Match {
            public OtherMethods {
                allowed = List.copyOf(allowed);
            }
        }

        record None() implements Match {}
    }

    /// @param path as it came, still encoded
    public Match find(String method, String path) {
        var segments = segments(path);
        var allowed = new TreeSet<String>();
        for (var line : lines) {
            var parameters = match(line, segments);
            if (parameters.isPresent()) {
                if (line.route.method().name().equals(method)) {
                    return new Match.Found(line.route, parameters.get());
                }
                allowed.add(line.route.method().name());
            }
        }
        return allowed.isEmpty() ? new Match.None() : new Match.OtherMethods(List.copyOf(allowed));
    }

    private static Optional<Map<String, String>> match(Line line, List<String> segments) {
        if (line.segments.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            var wanted = line.segments.get(i);
            if (isParameter(wanted)) {
                parameters.put(wanted.substring(1, wanted.length() - 1), segments.get(i));
            } else if (!wanted.equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        for (var segment : path.substring(path.startsWith("/") ? 1 : 0).split("/", -1)) {
            try {
                // a plus sign stands for itself in a path
                segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException _) {
                return List.of();
            }
        }
        return Collections.unmodifiableList(segments);
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    private static List<String> shape(Line line) {
        return line.segments.stream()
                .map(segment -> isParameter(segment) ? "{}" : segment)
                .toList();
    }

    private static int compare(List<String> left, List<String> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            boolean one = isParameter(left.get(i));
            boolean other = isParameter(right.get(i));
            if (one != other) {
                return one ? 1 : -1;
            }
            if (!one && !left.get(i).equals(right.get(i))) {
                return left.get(i).compareTo(right.get(i));
            }
        }
        return Integer.compare(left.size(), right.size());
    }
}
