package dev.plimsoll.inventory.sbom;

import dev.plimsoll.purl.PackageUrl;
import java.io.IOException;
import java.io.InputStream;

/// A text with one package URL a line; lines that begin with `#` and empty lines say nothing.
final class PackageUrlList {

    private PackageUrlList() {}

    static DocumentReading.Read read(InputStream in, SbomLimits limits) throws IOException {
        var draft = new InventoryDraft(limits);
        var lines = new TextLines(in, limits.text());
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            var text = line.get().strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                take(draft, "line " + lines.number(), text);
            }
        }
        return new DocumentReading.Read("list of package URLs", "package-url-list/1", draft);
    }

    private static void take(InventoryDraft draft, String place, String text) throws SbomException {
        var url = PackageUrl.parse(text);
        if (url.isPresent() && url.get().type().equals("oci")) {
            draft.image.packageUrl(url.get());
            return;
        }
        var component = new Component(place, url.map(PackageUrl::displayName).orElse(text), "");
        component.packageUrl = text;
        draft.component(component);
    }
}
