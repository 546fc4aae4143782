package dev.plimsoll.server.events;

import dev.plimsoll.json.JsonWriter;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Writes events down in the transaction of what happened: both are there, or neither. An event that is there already
/// is
/// the same one, written by an attempt before.
public final class EventLog {

    private EventLog() {}

    /// @param handle of the transaction
    public static void add(Handle handle, List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        var batch = handle.prepareBatch("""
                insert into event (id, account_id, kind, causes, at, image_id, name, payload, quiet)
                values (:id, :account, :kind, :causes, :at, :image, :name, :payload, :quiet)
                on conflict (id) do nothing""");
        for (var event : events) {
            batch.bind("id", event.id())
                    .bind("account", event.accountId())
                    .bind("kind", event.kind().word())
                    .bindArray(
                            "causes",
                            String.class,
                            event.causes().stream().map(Enum::name).sorted().toList())
                    .bind("at", event.at())
                    .bind("image", event.imageId().orElse(null))
                    .bind("name", event.name())
                    .bind("payload", text(event))
                    .bind("quiet", event.quiet())
                    .add();
        }
        batch.execute();
    }

    private static String text(Event event) {
        return JsonWriter.text(json -> json.element(event.payload()));
    }
}
