package dev.plimsoll.server.monitoring;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether the service lives, and whether it can serve. A probe that fails says why, without secrets.
public final class Health {

    private final Map<String, Probe> probes = new LinkedHashMap<>();
    private volatile boolean closing;

    /// Looks whether something that the service needs is there.
    @FunctionalInterface
    public interface Probe {
        void check() throws Exception;
    }

    /// Before the service listens.
    public void add(String name, Probe probe) {
        probes.put(name, probe);
    }

    /// From now on it is not ready: whoever balances the load sends requests elsewhere.
    public void close() {
        closing = true;
    }

    /// Whether the service is about to stop: what would wait long must not.
    public boolean isClosing() {
        return closing;
    }

    public List<Route> routes() {
        return List.of(
                new Route(
                        Method.GET,
                        "/livez",
                        Permission.NONE,
                        _ -> Reply.document("text/plain", new byte[] {'o', 'k', '\n'})),
                new Route(Method.GET, "/readyz", Permission.NONE, this::ready));
    }

    private Reply ready(Request request) {
        var wrong = new ArrayList<String>();
        if (closing) {
            wrong.add("service: it stops");
        }
        probes.forEach((name, probe) -> {
            try {
                probe.check();
            } catch (Exception e) {
                wrong.add(name + ": " + e.getClass().getSimpleName());
            }
        });
        return Reply.json(
                wrong.isEmpty() ? 200 : 503,
                json -> json.object(() -> {
                    json.member("ready", wrong.isEmpty());
                    json.strings("wrong", wrong);
                }));
    }
}
