package dev.plimsoll.inventory.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Blocks at the top of a file of HCL, with the texts that they assign: `provider "a" { version = "1.0" }`. Lists and
/// inner blocks are passed over.
///
/// Source: HashiCorp, "HCL Native Syntax Specification", "Blocks". Not safe for several threads.
final class HclBlocks {

    /// In blocks of one file.
    static final int MAX_BLOCKS = 10_000;

    /// A block.
    ///
    /// @param labels texts between its name and its brace
    /// @param texts what it assigns, by name
    record Block(String name, List<String> labels, Map<String, String> texts) {}

    private static final Pattern TOKEN = Pattern.compile(
            "#[^\n]*|//[^\n]*|/\\*[\\s\\S]*?(?:\\*/|\\z)|(?<text>\"[^\"\n]*+\")|(?<name>[A-Za-z_][A-Za-z0-9_-]*+)|(?<sign>[\\[\\]{}=])");

    private HclBlocks() {}

    static List<Block> read(String text) {
        var blocks = new ArrayList<Block>();
        var tokens = TOKEN.matcher(text);
        var name = "";
        var labels = new ArrayList<String>();
        Map<String, String> texts = new LinkedHashMap<>();
        var key = "";
        var assigned = false;
        var depth = 0;
        while (tokens.find() && blocks.size() < MAX_BLOCKS) {
            var word = tokens.group("name");
            var quoted = tokens.group("text");
            var sign = tokens.group("sign");
            if (word != null && depth == 0) {
                name = word;
                labels = new ArrayList<>();
            } else if (word != null) {
                key = word;
                assigned = false;
            } else if (quoted != null && depth == 0) {
                labels.add(quoted.substring(1, quoted.length() - 1));
            } else if (quoted != null) {
                if (depth == 1 && assigned) {
                    texts.putIfAbsent(key, quoted.substring(1, quoted.length() - 1));
                }
                assigned = false;
            } else if (sign != null) {
                assigned = sign.equals("=");
                depth += sign.equals("{") || sign.equals("[") ? 1 : assigned ? 0 : -1;
                depth = Math.max(0, depth);
                if (depth == 0 && sign.equals("}")) {
                    blocks.add(new Block(name, List.copyOf(labels), texts));
                    texts = new LinkedHashMap<>();
                    labels = new ArrayList<>();
                }
            }
        }
        return blocks;
    }
}
