package dev.plimsoll.server.http;

import dev.plimsoll.server.access.Principal;
import java.util.Map;

/// Tells who asks.
@FunctionalInterface
public interface Authenticator {

    /// @param headers first value of each, by name in lower case
    /// @param remote address of the caller
    /// @return {@link Principal#NOBODY} where the request says nothing of who asks
    /// @throws ProblemException where what it says is not true, or came too often
    Principal authenticate(Map<String, String> headers, String remote);
}
