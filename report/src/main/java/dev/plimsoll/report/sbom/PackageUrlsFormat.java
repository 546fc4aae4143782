package dev.plimsoll.report.sbom;

import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.ReportFormat;
import dev.plimsoll.report.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/// Package URLs, one a line, sorted; the image itself first where it has one.
final class PackageUrlsFormat implements ReportFormat {

    @Override
    public String name() {
        return "purls";
    }

    @Override
    public String description() {
        return "package URLs, one a line";
    }

    @Override
    public void write(Result result, Presentation presentation, OutputStream out) throws IOException {
        var text = new StringBuilder();
        SbomView.of(result).imagePurl().ifPresent(url -> text.append(url).append('\n'));
        var urls = new TreeSet<String>();
        result.inventory().packages().forEach(item -> urls.add(item.purl().toString()));
        urls.forEach(url -> text.append(url).append('\n'));
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
