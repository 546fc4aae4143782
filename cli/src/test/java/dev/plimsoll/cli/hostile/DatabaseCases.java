package dev.plimsoll.cli.hostile;

import static dev.plimsoll.image.TarBytes.tar;

import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.TarBytes;
import dev.plimsoll.image.TarBytes.Header;
import dev.plimsoll.inventory.golang.ProgramBytes;
import dev.plimsoll.inventory.java.JarBytes;
import dev.plimsoll.inventory.rpm.RpmDatabase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Package databases that are cut, changed and grown: small good ones, and the same mutations of them at each run. One
/// image holds all mutations of a kind, each in a place of its own, or each in a layer of its own where there is
/// only one place for it.
final class DatabaseCases {

    private static final String MODULES =
            "path\texample.org/app\nmod\texample.org/app\tv1.2.3\th1:x=\ndep\texample.org/lib\tv0.1.0\th1:y=\n";

    private DatabaseCases() {}

    static List<HostileCase> all() {
        return Stream.of(
                        mutations(
                                "rpm database in SQLite",
                                "var/lib/rpm/rpmdb.sqlite",
                                true,
                                RpmDatabase::ofModularPackage),
                        mutations("jar", "app/%d/lib-1.0.jar", false, _ -> jar()),
                        mutations("ELF program", "bin/%d", false, _ -> program(ProgramBytes.ELF)),
                        mutations("PE program", "bin/%d.exe", false, _ -> program(ProgramBytes.PE)),
                        mutations(
                                "package.json",
                                "app/node_modules/%d/package.json",
                                false,
                                _ -> ImageBytes.bytes(
                                        "{\"name\":\"lib\",\"version\":\"1.0.0\",\"license\":{\"type\":\"MIT\"},\"licenses\":[{\"type\":\"MIT\"}]}")),
                        mutations(
                                "dpkg status",
                                "var/lib/dpkg/status.d/%d",
                                false,
                                _ -> ImageBytes.bytes(
                                        "Package: a\nStatus: install ok installed\nVersion: 1:2-3\nArchitecture: amd64\nSource: b (4)\n\n")),
                        mutations(
                                "apk database",
                                "lib/apk/db/installed",
                                true,
                                _ -> ImageBytes.bytes(
                                        "C:Q1x=\nP:musl\nV:1.2.3-r0\nA:x86_64\nL:MIT\no:musl\nF:lib\nR:libc.so\n\n")),
                        mutations(
                                "Python metadata",
                                "lib/python3/site-packages/p%d-1.dist-info/METADATA",
                                false,
                                _ -> ImageBytes.bytes(
                                        "Metadata-Version: 2.1\nName: p\nVersion: 1\nLicense: MIT\n\nText\n")),
                        mutations(
                                "gemspec",
                                "gems/specifications/g%d-1.gemspec",
                                false,
                                _ -> ImageBytes.bytes(
                                        "Gem::Specification.new do |s|\n  s.name = \"g\".freeze\n  s.version = \"1\"\n  s.licenses = [\"MIT\".freeze]\nend\n")))
                .flatMap(List::stream)
                .toList();
    }

    @FunctionalInterface
    private interface Database {
        byte[] make(Path folder);
    }

    private enum Mutation {
        CUT,
        BIT_FLIPPED,
        GROWN
    }

    /// @param path with a place for a number where there may be many
    /// @param layers whether each mutation needs a layer of its own
    private static List<HostileCase> mutations(String what, String path, boolean layers, Database database) {
        return Arrays.stream(Mutation.values())
                .map(mutation -> new HostileCase(
                        "database: " + what + ", "
                                + mutation.name()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('_', ' '),
                        (folder, scale) -> {
                            var good = database.make(folder);
                            var random = new Random(4);
                            var image = ImageBytes.image().plain(OddImage.good());
                            var tar = tar();
                            var count = scale == Scale.FULL ? 900 : 90;
                            for (var i = 0; i < count; i++) {
                                var bytes = mutated(good, mutation, i, count, random);
                                add(
                                        layers ? tar() : tar,
                                        String.format(java.util.Locale.ROOT, path, i),
                                        bytes,
                                        layers ? image : null);
                            }
                            if (!layers) {
                                image.gzip(tar.end());
                            }
                            return OddImage.layout(folder, image.layout());
                        },
                        List.of(),
                        List.of(),
                        java.util.Map.of(Scale.LOWERED, new Ending.Read(), Scale.FULL, new Ending.Read())))
                .toList();
    }

    private static void add(
            TarBytes tar, String path, byte[] bytes, @org.jspecify.annotations.Nullable ImageBytes image) {
        tar.header(new Header(path, '0').mode(0755).size(bytes.length)).content(bytes);
        if (image != null) {
            image.gzip(tar.end());
        }
    }

    private static byte[] mutated(byte[] good, Mutation mutation, int index, int count, Random random) {
        return switch (mutation) {
            case CUT -> Arrays.copyOf(good, (int) ((long) good.length * index / count));
            case BIT_FLIPPED -> {
                var other = good.clone();
                for (var flips = 0; flips <= index % 4; flips++) {
                    other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
                }
                yield other;
            }
            case GROWN -> {
                var more = new byte[random.nextInt(1, 5000)];
                random.nextBytes(more);
                var at = index % 3 == 0 ? good.length : random.nextInt(good.length);
                yield Packed.joined(Arrays.copyOf(good, at), more, Arrays.copyOfRange(good, at, good.length));
            }
        };
    }

    private static byte[] jar() {
        var inner = JarBytes.jar()
                .manifest("Implementation-Title: t", "Implementation-Version: 1")
                .bytes();
        return JarBytes.jar()
                .properties("g", "lib", "1.0")
                .pom("g", "packed", "<project><version>2</version></project>")
                .with("BOOT-INF/lib/inner-2.jar", inner)
                .bytes();
    }

    private static byte[] program(byte[] magic) {
        var program =
                ProgramBytes.program(magic).upTo(2048).blob("go1.21.3", MODULES).bytes();
        return Arrays.copyOf(program, 100_000);
    }
}
