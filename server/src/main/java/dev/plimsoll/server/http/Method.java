package dev.plimsoll.server.http;

/// Of HTTP, as far as routes use them.
public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
}
