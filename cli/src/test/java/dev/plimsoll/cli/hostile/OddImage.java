package dev.plimsoll.cli.hostile;

import static dev.plimsoll.image.TarBytes.tar;

import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.TarBytes;
import java.nio.file.Path;
import java.util.Map;

/// Writes images with one odd thing in them: a good layer below it, so that it is seen whether the rest stays.
public final class OddImage {

    /// A package that every image of the catalogue holds in its lowest layer.
    public static final String GOOD = "app/node_modules/good/package.json";

    private OddImage() {}

    static byte[] good() {
        return tar().file(GOOD, "{\"name\":\"good\",\"version\":\"1.0.0\"}").end();
    }

    /// An OCI layout whose upper layers are these tars, packed with gzip.
    public static String layers(Path folder, TarBytes... upper) {
        var image = ImageBytes.image().gzip(good());
        for (var tar : upper) {
            image.gzip(tar.end());
        }
        return layout(folder, image.layout());
    }

    /// An OCI layout with one more layer of these bytes, whatever they are; all digests are right.
    static String blob(Path folder, byte[] blob) {
        return layout(folder, ImageBytes.image().gzip(good()).layer(blob, blob).layout());
    }

    static String layout(Path folder, Map<String, byte[]> files) {
        ImageBytes.folder(folder.resolve("image"), files);
        return "oci-layout:image";
    }

    /// A docker archive of these bytes.
    static String archive(Path folder, byte[] bytes) {
        ImageBytes.write(folder.resolve("image.tar"), bytes);
        return "docker-archive:image.tar";
    }
}
