package dev.plimsoll.inventory.dotnet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.program.PeAndMachO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DotNetTest {

    private static final String DEPS = """
            {"runtimeTarget":{"name":".NETCoreApp,Version=v8.0/linux-x64"},
             "targets":{".NETCoreApp,Version=v8.0":{},
              ".NETCoreApp,Version=v8.0/linux-x64":{
               "App/1.0.0":{"dependencies":{"Newtonsoft.Json":"13.0.3"},"runtime":{"App.dll":{}}},
               "Newtonsoft.Json/13.0.3":{"runtime":{"lib/net6.0/Newtonsoft.Json.dll":{}}},
               "SQLite.Native/2.1.6":{"native":{"libe_sqlite3.so":{}}},
               "Only.Analyzer/1.0.0":{}}},
             "libraries":{"App/1.0.0":{"type":"project","sha512":""},
              "Newtonsoft.Json/13.0.3":{"type":"package","sha512":"sha512-%s"},
              "SQLite.Native/2.1.6":{"type":"package"},
              "Only.Analyzer/1.0.0":{"type":"package"},
              "broken":{"type":"package"}}}""".formatted("A".repeat(86) + "==");

    /// A table of resources with the version: kinds, names, languages, and the blocks.
    static byte[] resources(Map<String, String> texts) {
        var strings = ByteBuffer.allocate(4000).order(ByteOrder.LITTLE_ENDIAN);
        for (var entry : texts.entrySet()) {
            var item = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
            item.position(6);
            put(item, entry.getKey());
            put(item, entry.getValue());
            item.putShort(0, (short) item.position())
                    .putShort(2, (short) (entry.getValue().length() + 1));
            pad(strings);
            strings.put(item.flip());
        }
        var table = block("040904b0", strings.flip(), 0);
        var info = block("StringFileInfo", table, 0);
        var version = block(
                "VS_VERSION_INFO",
                ByteBuffer.allocate(52 + info.limit())
                        .put(new byte[52])
                        .put(info)
                        .flip(),
                52);
        var file = ByteBuffer.allocate(88 + version.limit()).order(ByteOrder.LITTLE_ENDIAN);
        directory(file, 0, 16, 24 | 0x80000000);
        directory(file, 24, 1, 48 | 0x80000000);
        directory(file, 48, 1033, 72);
        file.position(72).putInt(PeAndMachO.ADDRESS + 88).putInt(version.limit());
        file.position(88).put(version);
        return file.array();
    }

    private static void directory(ByteBuffer file, int at, int kind, int target) {
        file.position(at + 14).putShort((short) 1).putInt(kind).putInt(target);
    }

    private static ByteBuffer block(String key, ByteBuffer content, int valueLength) {
        var block = ByteBuffer.allocate(content.limit() + 200).order(ByteOrder.LITTLE_ENDIAN);
        block.position(6);
        put(block, key);
        block.put(content);
        return block.putShort(0, (short) block.position())
                .putShort(2, (short) valueLength)
                .flip();
    }

    private static void put(ByteBuffer buffer, String text) {
        buffer.put(text.getBytes(StandardCharsets.UTF_16LE)).putShort((short) 0);
        pad(buffer);
    }

    private static void pad(ByteBuffer buffer) {
        while (buffer.position() % 4 != 0) {
            buffer.put((byte) 0);
        }
    }

    private static Analyzed analyzed(String path, Map<String, String> texts, int cli) {
        var resources = resources(texts);
        return Analyzed.by(
                new PortableExecutableAnalyzer(), path, PeAndMachO.pe(".rsrc", resources, resources.length, cli));
    }

    @Test
    void whatIsThereAtRunTimeIsReadWithItsDependencies() {
        var found = Analyzed.by(new DepsJsonAnalyzer(), "app/App.deps.json", DEPS);

        assertThat(found.names()).containsExactly("App 1.0.0", "Newtonsoft.Json 13.0.3", "SQLite.Native 2.1.6");
        assertThat(found.packages().getFirst().dependencies()).containsExactly("Newtonsoft.Json@13.0.3");
        assertThat(found.packages().get(1).properties())
                .containsEntry(PackageProperty.DIGEST, "sha512:" + "0".repeat(128));
        assertThat(found.unknowns()).containsExactly("library broken: is not of the form name/version");
    }

    @Test
    void assembliesAreNamedAsTheyWereCompiled() {
        var texts = Map.of(
                "InternalName", "Newtonsoft.Json.dll",
                "ProductVersion", "13.0.3+0a2e291c0d9c0c7675d445703e51750363a549ef",
                "FileVersion", "13.0.3.27908",
                "CompanyName", "Newtonsoft",
                "ProductName", "Json.NET");
        var assembly = analyzed("app/renamed.dll", texts, 72);
        assertThat(assembly.names()).containsExactly("Newtonsoft.Json 13.0.3");
        assertThat(assembly.packages().getFirst().type()).isEqualTo(dev.plimsoll.purl.PackageType.NUGET);
        assertThat(assembly.packages().getFirst().properties())
                .isEqualTo(Map.of(PackageProperty.CONFIDENCE, "low", PackageProperty.VENDOR, "Newtonsoft"));

        var plain = analyzed("app/x.exe", texts, 0);
        assertThat(plain.names()).containsExactly("Json.NET 13.0.3");
        assertThat(plain.packages().getFirst().type()).isEqualTo(dev.plimsoll.purl.PackageType.GENERIC);
        assertThat(analyzed("app/x.exe", Map.of("ProductName", "x"), 0).packages())
                .isEmpty();
    }

    @Test
    void lockFilesAndListsAreDeclared() {
        var lock = Analyzed.by(new PackagesLockAnalyzer(), "packages.lock.json", """
                {"version":1,"dependencies":{"net8.0":{
                 "A":{"type":"Direct","resolved":"1.0.0","dependencies":{"B":"2.0.0"}},
                 "B":{"type":"Transitive","resolved":"2.0.0"},"mine":{"type":"Project"}},
                 "net9.0":{"A":{"type":"Direct","resolved":"1.0.0"}}}}""");
        assertThat(lock.names()).containsExactly("A 1.0.0", "B 2.0.0");
        assertThat(lock.packages().getFirst().dependencies()).containsExactly("B");

        var config = Analyzed.by(new PackagesConfigAnalyzer(), "packages.config", """
                <packages><!-- <package id="No" version="1.0"/> -->
                <package id="A" version="1.0.0" targetFramework="net48" />
                <package id='B' version='2.0.0-beta' developmentDependency="true"/>
                <package id="C" version="$(CVersion)"/></packages>""");
        assertThat(config.names()).containsExactly("A 1.0.0", "B 2.0.0-beta");
        assertThat(config.packages().getLast().properties()).isEqualTo(Map.of(PackageProperty.SCOPE, "development"));

        var props = Analyzed.by(
                new PackagesConfigAnalyzer(),
                "Directory.Packages.props",
                "<Project><ItemGroup><PackageVersion Include=\"A\" Version=\"[1.0.0, )\" /></ItemGroup></Project>");
        assertThat(props.names()).containsExactly("A 1.0.0");
        for (var found : java.util.List.of(lock, config, props)) {
            assertThat(found.packages())
                    .allSatisfy(item -> assertThat(item.evidence()).isEqualTo(Evidence.DECLARED));
        }
    }

    @FuzzTest
    void anyResourceAndAnyListGivePackagesOrUnknowns(byte[] bytes) {
        var program = PeAndMachO.pe(".rsrc", bytes, bytes.length, 72);
        assertThat(Analyzed.by(new PortableExecutableAnalyzer(), "x.dll", program)
                        .unknowns())
                .hasSizeLessThanOrEqualTo(1);
        assertThat(Analyzed.by(new DepsJsonAnalyzer(), "x.deps.json", bytes)).isNotNull();
        assertThat(Analyzed.by(new PackagesLockAnalyzer(), "packages.lock.json", bytes))
                .isNotNull();
        assertThat(Analyzed.by(new PackagesConfigAnalyzer(), "packages.config", bytes)
                        .unknowns())
                .isEmpty();
    }

    @FuzzTest
    void anyChangeOfAResourceIsBorne(byte[] change) {
        var resources = resources(Map.of("InternalName", "A.dll", "FileVersion", "1.0.0.0"));
        for (int i = 0; i < change.length; i++) {
            resources[(i * 31) % resources.length] ^= change[i];
        }
        assertThat(Analyzed.by(
                                new PortableExecutableAnalyzer(),
                                "x.dll",
                                PeAndMachO.pe(".rsrc", resources, resources.length, 72))
                        .unknowns())
                .hasSizeLessThanOrEqualTo(1);
    }
}
