/// How the service is spoken to: a table of routes, requests and replies, errors as problems, pages; the web server
/// behind one class.
@NullMarked
package dev.plimsoll.server.http;

import org.jspecify.annotations.NullMarked;
