package dev.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.server.access.Permission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RouterTest {

    private static Route route(Method method, String path) {
        return new Route(method, path, Permission.NONE, _ -> Reply.noContent());
    }

    @Test
    void prefersWordsToParameters() {
        var router = new Router(List.of(
                route(Method.GET, "/images/{digest}"),
                route(Method.GET, "/images/inventory"),
                route(Method.GET, "/images/{digest}/verdict")));
        assertThat(router.find("GET", "/images/inventory"))
                .isInstanceOfSatisfying(
                        Router.Match.Found.class,
                        found -> assertThat(found.route().path()).isEqualTo("/images/inventory"));
        assertThat(router.find("GET", "/images/sha256%3Aab/verdict"))
                .isInstanceOfSatisfying(
                        Router.Match.Found.class,
                        found -> assertThat(found.parameters()).isEqualTo(Map.of("digest", "sha256:ab")));
    }

    @Test
    void tellsOtherMethodsFromNothing() {
        var router = new Router(List.of(route(Method.GET, "/a"), route(Method.PUT, "/a")));
        assertThat(router.find("POST", "/a")).isEqualTo(new Router.Match.OtherMethods(List.of("GET", "PUT")));
        assertThat(router.find("GET", "/a/b")).isEqualTo(new Router.Match.None());
        assertThat(router.find("GET", "/%zz")).isEqualTo(new Router.Match.None());
    }

    @Test
    void refusesTwoRoutesForOneRequest() {
        assertThatThrownBy(() ->
                        new Router(List.of(route(Method.GET, "/images/{digest}"), route(Method.GET, "/images/{id}"))))
                .hasMessageContaining("the same route");
    }
}
