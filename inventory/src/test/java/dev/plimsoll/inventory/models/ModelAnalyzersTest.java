package dev.plimsoll.inventory.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.purl.PackageType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelAnalyzersTest {

    /// A file of GGUF with such pairs, texts or numbers, and a list of texts before them.
    private static byte[] gguf(int version, Map<String, Object> pairs) {
        var bytes = ByteBuffer.allocate(100_000).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(version)
                .putLong(3)
                .putLong(pairs.size() + 1);
        text(bytes, "tokenizer.ggml.tokens");
        bytes.putInt(9).putInt(8).putLong(2);
        text(bytes, "a");
        text(bytes, "bc");
        pairs.forEach((key, value) -> {
            text(bytes, key);
            if (value instanceof String words) {
                bytes.putInt(8);
                text(bytes, words);
            } else {
                bytes.putInt(4).putInt(7);
            }
        });
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static void text(ByteBuffer bytes, String text) {
        var encoded = text.getBytes(StandardCharsets.UTF_8);
        bytes.putLong(encoded.length).put(encoded);
    }

    @Test
    void readsTheMetadataOfGguf() {
        var pairs = new LinkedHashMap<String, Object>();
        pairs.put("llama.block_count", 7);
        pairs.put("general.name", "Tiny Llama");
        pairs.put("general.version", "v1.1");
        pairs.put("general.license", "apache-2.0");
        pairs.put("general.architecture", "llama");
        var analyzed = Analyzed.by(new GgufAnalyzer(), "m.gguf", gguf(3, pairs));

        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(analyzed.names()).containsExactly("Tiny Llama v1.1");
        assertThat(analyzed.licenses()).containsExactly("apache-2.0");
        assertThat(analyzed.packages().getFirst().type()).isEqualTo(PackageType.GENERIC);

        pairs.put("general.repo_url", "https://huggingface.co/Owner/Tiny");
        assertThat(Analyzed.by(new GgufAnalyzer(), "m.gguf", gguf(2, pairs)).names())
                .containsExactly("Owner/Tiny v1.1");
    }

    @Test
    void whatIsCutOffKeepsWhatCameBefore() {
        var whole = gguf(3, new LinkedHashMap<>(Map.of("general.name", "Tiny")));
        var longer = Arrays.copyOf(whole, whole.length);
        longer[16] = 9; // pairs

        var analyzed = Analyzed.by(new GgufAnalyzer(), "m.gguf", longer);
        assertThat(analyzed.names()).containsExactly("Tiny ");
        assertThat(analyzed.unknowns()).containsExactly("the metadata is cut off or broken: it ends within a number");
        assertThat(Analyzed.by(new GgufAnalyzer(), "m.gguf", gguf(4, Map.of())).unknowns())
                .containsExactly("GGUF of version 4 is not read");
        assertThat(Analyzed.by(new GgufAnalyzer(), "m.gguf", "text").unknowns())
                .containsExactly("it does not begin as GGUF does");
    }

    private static byte[] safetensors(String header) {
        var encoded = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + encoded.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(encoded.length)
                .put(encoded)
                .array();
    }

    @Test
    void readsTheHeaderOfSafetensors() {
        var analyzed = Analyzed.by(new SafetensorsAnalyzer(), "m.safetensors", safetensors("""
                {"__metadata__": {"format": "pt", "modelspec.title": "SDXL", "modelspec.version": "1.0", "modelspec.license": "openrail++"},
                 "a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}"""));

        assertThat(analyzed.names()).containsExactly("SDXL 1.0");
        assertThat(analyzed.licenses()).containsExactly("openrail++");
        var nameless = Analyzed.by(new SafetensorsAnalyzer(), "m.safetensors", safetensors("{\"__metadata__\": {}}"));
        assertThat(nameless.facts()).isEmpty();
        assertThat(nameless.unknowns()).isEmpty();
        assertThat(Analyzed.by(new SafetensorsAnalyzer(), "m.safetensors", safetensors("{"))
                        .unknowns())
                .hasSize(1);
        assertThat(Analyzed.by(new SafetensorsAnalyzer(), "m.safetensors", "\0\0\0\0\0\0\0\1")
                        .unknowns())
                .containsExactly("a header over " + SafetensorsAnalyzer.MAX_HEADER + " bytes");
    }

    @Test
    void readsTheCacheOfHuggingFace() {
        var revision = "0123456789abcdef0123456789abcdef01234567";
        var path = "root/.cache/huggingface/hub/models--Owner--tiny-model/refs/main";

        assertThat(Analyzed.by(new HuggingFaceCacheAnalyzer(), path, revision).names())
                .containsExactly("Owner/tiny-model " + revision);
        assertThat(Analyzed.by(new HuggingFaceCacheAnalyzer(), "models--bert/refs/main", revision)
                        .names())
                .containsExactly("bert " + revision);
        assertThat(Analyzed.by(new HuggingFaceCacheAnalyzer(), path, "main").unknowns())
                .hasSize(1);
    }
}
