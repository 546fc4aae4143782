/// The document of the API: what each route takes and answers.
@NullMarked
package dev.plimsoll.server.api;

import org.jspecify.annotations.NullMarked;
