package dev.plimsoll.server.images;

import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.TarBytes;

/// Small images with packages in them.
final class TestImages {

    private static final String ALPINE = "NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID=3.19.1\n";

    private TestImages() {}

    /// An Alpine with `musl` in one layer, and a package of that version in another.
    static ImageBytes alpine(String version) {
        return ImageBytes.image()
                .gzip(TarBytes.tar()
                        .file("etc/os-release", ALPINE)
                        .file("lib/apk/db/installed", record("musl", "1.2.4-r2"))
                        .end())
                .gzip(TarBytes.tar()
                        .file("lib/apk/db/installed", record("musl", "1.2.4-r2") + record("app", version))
                        .end());
    }

    private static String record(String name, String version) {
        return "P:" + name + "\nV:" + version + "\nA:x86_64\nL:MIT\no:" + name + "\n\n";
    }

    static String digest(ImageBytes image) {
        return ImageBytes.digest(ImageBytes.bytes(image.manifest()));
    }

    static String configurationDigest(ImageBytes image) {
        return ImageBytes.digest(ImageBytes.bytes(image.configuration()));
    }
}
