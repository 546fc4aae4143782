package dev.plimsoll.inventory.linux;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Linux kernels: images for x86 by their header, and folders of modules by their names; one package for a release,
/// wherever it is found.
///
/// Source: Linux, `Documentation/arch/x86/boot.rst` (`kernel_version`); kmod, `depmod.d(5)` (folders of modules).
/// Stateless: one instance serves all threads.
public final class KernelAnalyzer implements Analyzer {

    /// In bytes that are read of an image; the version stands in the first part, which is not packed.
    static final int MAX_READ = 1 << 16;

    private static final int HEADER = 0x202;
    private static final int SIGNATURE = 0x53726448;
    private static final int POINTER = 0x20e;
    private static final int BASE = 0x200;
    private static final int LONGEST = 200;

    private static final Pattern RELEASE = Pattern.compile("([0-9]+\\.[0-9]+(?:\\.[0-9]+)?[0-9A-Za-z._+~-]*)(?: .*)?");

    private static final Pattern MODULES =
            Pattern.compile("(?:^|.*/)lib/modules/([0-9]+\\.[0-9]+[0-9A-Za-z._+~-]*)/modules\\.[a-z]+");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "linux-kernel",
                    1,
                    "Linux",
                    WantedPaths.of(
                            "**/{vmlinuz,bzImage,kernel}",
                            "**/{vmlinuz,bzImage}-*",
                            "**/lib/modules/*/{vmlinuz,modules.dep,modules.order,modules.builtin}"))
            .yields(PackageType.GENERIC)
            .gives("kernels with a CPE; of modules the release that they are for")
            .limit("read of an image", MAX_READ, "bytes")
            .source("Linux, Documentation/arch/x86/boot.rst; kmod, depmod.d(5)")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var modules = MODULES.matcher(file.path());
        var release = modules.matches()
                ? Optional.of(modules.group(1))
                : release(ByteBuffer.wrap(file.content().readNBytes(MAX_READ)).order(ByteOrder.LITTLE_ENDIAN));
        release.ifPresent(version -> facts.add(kernel(version)));
    }

    private static PackageFound kernel(String release) {
        // What a distribution adds to the number is not in the dictionary.
        var number = release.replaceFirst("^([0-9]+(?:\\.[0-9]+)*).*", "$1");
        return PackageFound.ofLanguage(PackageType.GENERIC, "", "linux-kernel", release, List.of(), "")
                .withCpes(List.of("cpe:2.3:o:linux:linux_kernel:" + number + ":*:*:*:*:*:*:*"))
                .withProperties(Map.of(PackageProperty.CONFIDENCE, "low"));
    }

    private static Optional<String> release(ByteBuffer image) {
        if (image.limit() < POINTER + 2 || image.getInt(HEADER) != SIGNATURE) {
            return Optional.empty();
        }
        var start = BASE + Short.toUnsignedInt(image.getShort(POINTER));
        var end = start;
        while (end < image.limit() && end - start < LONGEST && image.get(end) != 0) {
            end++;
        }
        if (start >= image.limit()) {
            return Optional.empty();
        }
        var text = new byte[end - start];
        image.get(start, text);
        var matcher = RELEASE.matcher(new String(text, StandardCharsets.ISO_8859_1));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
