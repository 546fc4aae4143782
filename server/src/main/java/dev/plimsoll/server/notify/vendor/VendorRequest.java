package dev.plimsoll.server.notify.vendor;

import dev.plimsoll.server.notify.outbound.OutboundRefusedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;

/// Begins requests to addresses that users entered.
public final class VendorRequest {

    private VendorRequest() {}

    /// @throws OutboundRefusedException where it is no address; the message does not repeat it, it
    /// may be a credential
    public static HttpRequest.Builder to(String address) throws OutboundRefusedException {
        try {
            return HttpRequest.newBuilder(new URI(address));
        } catch (URISyntaxException | IllegalArgumentException _) {
            throw new OutboundRefusedException("the channel's address is none that can be asked: enter it anew");
        }
    }
}
