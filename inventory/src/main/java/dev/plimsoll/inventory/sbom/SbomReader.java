package dev.plimsoll.inventory.sbom;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.inventory.Inventory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Reads a software bill of materials as the inventory of an image: CycloneDX 1.4 to 1.7 (JSON, XML), SPDX 2.2, 2.3
/// (JSON, tag-value) and 3.0.1 (JSON-LD), Syft's own JSON, and lists of package URLs. The content tells the format, not
/// the name. What such a document does not say is not known, so that gates that ask for it cannot judge. Stateless.
public final class SbomReader {

    /// In bytes: what must be seen to tell a format.
    private static final int BEGINNING = 64 << 10;

    private SbomReader() {}

    /// @throws ImageException when there is no such file (`NOT_FOUND`), or it is no document that is read here, is
    ///     broken or exceeds a limit (`UNREADABLE`); one sentence that names the file
    public static Inventory read(Path file) throws ImageException {
        if (!Files.exists(file)) {
            throw new ImageException(ImageException.Kind.NOT_FOUND, "there is no document " + file);
        }
        if (Files.isDirectory(file)) {
            throw new ImageException(
                    ImageException.Kind.NOT_FOUND, file + " is a folder, not a software bill of materials");
        }
        try (var in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (ImageException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /// @param in stays open
    /// @param name what the document is called in messages
    /// @throws ImageException as {@link #read(Path)}
    public static Inventory read(InputStream in, String name) throws ImageException {
        return read(in, name, SbomLimits.DEFAULT);
    }

    static Inventory read(InputStream in, String name, SbomLimits limits) throws ImageException {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            var buffered = new BufferedInputStream(
                    new LimitedStream(new DigestInputStream(in, hash), limits.bytes()), BEGINNING);
            buffered.mark(BEGINNING);
            var beginning = buffered.readNBytes(BEGINNING);
            buffered.reset();
            var read = Formats.of(beginning).read(buffered, limits);
            buffered.transferTo(OutputStream.nullOutputStream());
            var digest = Digest.sha256(HexFormat.of().formatHex(hash.digest()));
            return read.draft().finish(read.format(), read.analyzer(), digest);
        } catch (IOException e) {
            throw unreadable(name, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static ImageException unreadable(String name, IOException cause) {
        return new ImageException(
                ImageException.Kind.UNREADABLE,
                "cannot read the software bill of materials " + name + ": " + cause.getMessage(),
                cause);
    }
}
