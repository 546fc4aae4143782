package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;

/// Which bundle of a server is meant.
final class BundleNumbers {

    /// Bundles that are looked through.
    private static final int MAX_BUNDLES = 10_000;

    private BundleNumbers() {}

    /// A bundle goes by its number, or by the id in its document: then its newest version is meant.
    ///
    /// @throws CommandException where the server has no such bundle
    static String of(RemoteClient client, String id) {
        if (id.matches("[0-9]{1,18}")) {
            return id;
        }
        var found = new ArrayList<JsonObject>();
        client.list("/bundles", Query.NONE, MAX_BUNDLES, item -> {
            if (item.string("bundle_id").orElse("").equals(id)) {
                found.add(item);
            }
        });
        return found.stream()
                .max(Comparator.comparing(item -> item.number("version").orElse(BigDecimal.ZERO)))
                .map(item -> Field.text(item, "id"))
                .orElseThrow(() -> CommandException.usage(
                        "the server has no bundle '" + id + "'; `plimsoll remote bundles ls` lists them"));
    }
}
