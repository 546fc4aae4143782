package dev.plimsoll.inventory.apple;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.RealImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppBundleAnalyzerTest {

    private static final String PATH = "Applications/Foo.app/Contents/Info.plist";

    private static final String XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0">
            <dict>
                <key>Inner</key>
                <dict><key>CFBundleName</key><string>Wrong</string></dict>
                <key>Empty</key>
                <array/>
                <key>CFBundleName</key>
                <string>Foo &amp; Bar</string>
                <key>CFBundleIdentifier</key>
                <string>org.example.foo</string>
                <key>CFBundleShortVersionString</key>
                <string>1.2.3</string>
            </dict>
            </plist>
            """;

    @Test
    void readsXml() {
        var analyzed = Analyzed.by(new AppBundleAnalyzer(), PATH, XML);

        assertThat(analyzed.names()).containsExactly("Foo & Bar 1.2.3");
        assertThat(analyzed.packages().getFirst().properties())
                .containsEntry(PackageProperty.VENDOR, "org.example.foo");
    }

    /// Python writes both forms.
    @Test
    void readsWhatPythonWrites(@TempDir Path folder) throws IOException, InterruptedException {
        RealImage.answers(folder, List.of("python3", "-c", """
                import plistlib
                values = {'CFBundleName': 'Größe', 'CFBundleShortVersionString': '1.2.3',
                          'LSEnvironment': {'CFBundleName': 'Wrong'}, 'Numbers': [1, 2.5, True, b'x'],
                          'CFBundleIdentifier': 'org.example.' + 'long' * 100}
                for name, form in (('xml', plistlib.FMT_XML), ('binary', plistlib.FMT_BINARY)):
                    plistlib.dump(values, open(name, 'wb'), fmt=form)
                """));
        for (var form : List.of("xml", "binary")) {
            var analyzed = Analyzed.by(new AppBundleAnalyzer(), PATH, Files.readAllBytes(folder.resolve(form)));
            assertThat(analyzed.names()).as(form).containsExactly("Größe 1.2.3");
            assertThat(analyzed.packages().getFirst().properties())
                    .as(form)
                    .containsEntry(PackageProperty.VENDOR, "org.example." + "long".repeat(100));
        }
    }

    @Test
    void whatIsNoListIsUnknown() {
        for (var text : List.of(
                "", "text", "<plist></plist>", "bplist00" + "\0".repeat(40), "bplist00" + "\u007f".repeat(40))) {
            assertThat(Analyzed.by(new AppBundleAnalyzer(), PATH, text).unknowns())
                    .as(text)
                    .containsExactly("it is no property list with a dictionary");
        }
    }
}
