package dev.plimsoll.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A layer that has a little of what images are made of, for {@link Training}: what is not met there is linked anew in
/// every scan.
///
/// Source: POSIX.1-2017, pax, "ustar Interchange Format"; System V ABI, "ELF".
final class TrainingLayer {

    private static final int BLOCK = 512;

    /// In bytes that do not pack: a large layer is unpacked ahead of its reading.
    private static final int FILLER = 2 << 20;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    private TrainingLayer() {}

    /// The layer as a tar, not packed.
    ///
    /// @param license a text of a licence
    static byte[] of(Path license) throws IOException {
        var layer = new TrainingLayer();
        layer.distribution(Files.readString(license));
        layer.programs();
        layer.languages();
        var filler = new byte[FILLER];
        new Random(1).nextBytes(filler);
        layer.file("var/cache/filler", 0644, filler);
        layer.tar.write(new byte[2 * BLOCK]);
        return layer.tar.toByteArray();
    }

    private void distribution(String license) {
        text("usr/lib/os-release", "ID=debian\nVERSION_ID=\"13\"\nPRETTY_NAME=\"Debian GNU/Linux 13\"\n");
        link('2', "etc/os-release", "../usr/lib/os-release");
        text("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33::/var/www:/usr/sbin/nologin\n");
        text("etc/group", "root:x:0:\nadm:x:4:www-data,root\n");
        text("etc/shadow", "root:*:20000:0:99999:7:::\n");
        var status = new StringBuilder();
        for (var name : new String[] {"one", "two", "three"}) {
            status.append("""
                    Package: %1$s
                    Status: install ok installed
                    Priority: optional
                    Section: libs
                    Installed-Size: 100
                    Maintainer: Some One <one@example.org>
                    Architecture: amd64
                    Multi-Arch: same
                    Source: source-of-%1$s (1.1-1)
                    Version: 1:1.2-3+b1
                    Depends: two (>= 1), three | four
                    Description: a package
                     of which there is more to say
                    Homepage: https://example.org/

                    """.formatted(name));
            text("var/lib/dpkg/info/" + name + ".list", "/.\n/usr\n/usr/bin\n/usr/bin/" + name + "\n");
            text("var/lib/dpkg/info/" + name + ".md5sums", "d41d8cd98f00b204e9800998ecf8427e  usr/bin/" + name + "\n");
        }
        text("var/lib/dpkg/status", status.toString());
        text("var/lib/dpkg/diversions", "/usr/bin/one\n/usr/bin/one.real\ntwo\n");
        text("var/lib/apt/extended_states", "Package: two\nArchitecture: amd64\nAuto-Installed: 1\n\n");
        text("usr/share/doc/one/copyright", """
                Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

                Files: *
                Copyright: 2020 Some One
                License: GPL-2+ or MIT
                """);
        text("usr/share/doc/two/copyright", "It is under the GPL, see /usr/share/common-licenses/GPL-3.\n");
        text("usr/share/doc/three/copyright", license);
    }

    private void programs() throws IOException {
        var note = note("{\"type\":\"deb\",\"os\":\"debian\",\"name\":\"source\",\"version\":\"1.1-1\","
                + "\"architecture\":\"amd64\",\"maintainer\":\"Some One\",\"appCpe\":\"cpe:2.3:a:one:one\"}");
        for (var name : new String[] {"one", "two", "lone"}) {
            file("usr/bin/" + name, 0755, program(note, "nothing"));
        }
        file("usr/sbin/nginx", 0755, program(note, "nginx version: nginx/1.29.1"));
        file("usr/bin/bash", 0755, program(note, "@(#)Bash version 5.3.0(1) release GNU"));
        link('1', "usr/bin/another", "usr/bin/lone");
        link('1', "usr/share/doc/four/copyright", "usr/share/doc/two/copyright");
        text("usr/bin/script", "#!/bin/sh\nexit 0\n");
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (Files.isReadable(java)) {
            file("opt/java/bin/java", 0755, Files.readAllBytes(java));
        }
    }

    private void languages() throws IOException {
        text("usr/lib/node_modules/left/package.json", """
                {"name": "left", "version": "1.2.3", "license": "MIT", "dependencies": {"right": "^1.0.0"}}
                """);
        text("usr/lib/node_modules/right/package.json", """
                {"name": "right", "version": "1.0.1", "license": "(MIT OR Apache-2.0)"}
                """);
        text("usr/lib/python3/dist-packages/six-1.17.0.dist-info/METADATA", """
                Metadata-Version: 2.1
                Name: six
                Version: 1.17.0
                License: MIT
                Requires-Dist: other (>=1.0)

                Text.
                """);
        text("usr/lib/python3/dist-packages/six-1.17.0.dist-info/RECORD", "six.py,,\n");
        text("usr/lib/ruby/gems/specifications/rake-13.0.gemspec", """
                Gem::Specification.new do |s|
                  s.name = "rake".freeze
                  s.version = "13.0.6".freeze
                  s.licenses = ["MIT".freeze]
                end
                """);
        var jar = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(jar)) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write(bytes("Manifest-Version: 1.0\nImplementation-Title: thing\nImplementation-Version: 1.0\n\n"));
            zip.putNextEntry(new ZipEntry("META-INF/maven/org.example/thing/pom.properties"));
            zip.write(bytes("groupId=org.example\nartifactId=thing\nversion=1.0\n"));
            zip.closeEntry();
        }
        file("opt/thing.jar", 0644, jar.toByteArray());
    }

    private void text(String path, String text) {
        file(path, 0644, bytes(text));
    }

    private void file(String path, int mode, byte[] content) {
        header('0', path, "", mode, content.length);
        try {
            tar.write(content);
            tar.write(new byte[-content.length & (BLOCK - 1)]);
        } catch (IOException e) {
            throw new UncheckedIOException("memory is always written to", e);
        }
    }

    private void link(char type, String path, String target) {
        header(type, path, target, 0777, 0);
    }

    private void header(char type, String path, String target, int mode, int size) {
        var block = ByteBuffer.allocate(BLOCK);
        block.put(0, bytes(path));
        block.put(100, bytes("%07o\0%07o\0%07o\0%011o\0%011o\0".formatted(mode, 0, 0, size, 1_700_000_000)));
        block.put(148, bytes("        " + type + target));
        block.put(257, bytes("ustar\00000"));
        var sum = 0;
        for (var b : block.array()) {
            sum += b & 0xff;
        }
        block.put(148, bytes(String.format(Locale.ROOT, "%06o\0 ", sum)));
        tar.writeBytes(block.array());
    }

    /// A program of two sections: a note, and the names.
    private static byte[] program(byte[] note, String text) {
        var names = bytes("\0.note.package\0.shstrtab\0");
        var content = bytes(text + "\0");
        var notes = 64 + content.length;
        var table = notes + note.length + names.length;
        var elf = ByteBuffer.allocate(table + 3 * 64).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        elf.putShort((short) 3)
                .putShort((short) 62)
                .putInt(1)
                .putLong(0)
                .putLong(0)
                .putLong(table);
        elf.putInt(0).putShort((short) 64).putShort((short) 56).putShort((short) 0);
        elf.putShort((short) 64).putShort((short) 3).putShort((short) 2);
        elf.put(content).put(note).put(names);
        section(elf.position(table + 64), 1, 7, notes, note.length);
        section(elf.position(table + 128), 15, 3, notes + note.length, names.length);
        return elf.array();
    }

    private static void section(ByteBuffer elf, int name, int type, int offset, int size) {
        elf.putInt(name).putInt(type).putLong(0).putLong(0).putLong(offset).putLong(size);
    }

    private static byte[] note(String text) {
        var description = Arrays.copyOf(bytes(text), bytes(text).length + 4 & ~3);
        return ByteBuffer.allocate(16 + description.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4)
                .putInt(description.length)
                .putInt(0xcafe1a7e)
                .put(bytes("FDO\0"))
                .put(description)
                .array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
