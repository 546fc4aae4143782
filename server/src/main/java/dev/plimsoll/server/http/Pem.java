package dev.plimsoll.server.http;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// The blocks of a file in PEM.
///
/// Source: RFC 7468, 2 and 3: text before, between and after the blocks is passed over.
final class Pem {

    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    private Pem() {}

    /// One block.
    static final class Block {
        private final String label;
        private final String text;

        private Block(String label, String text) {
            this.label = label;
            this.text = text;
        }

        String label() {
            return label;
        }

        /// Whether it has the headers of RFC 1421 that say so, as OpenSSL's older forms have them.
        boolean isEncrypted() {
            return label.equals("ENCRYPTED PRIVATE KEY") || text.contains("ENCRYPTED");
        }

        /// @throws IllegalArgumentException where it is no base64
        byte[] bytes() {
            return Base64.getMimeDecoder().decode(text.strip());
        }
    }

    static List<Block> blocks(String text) {
        var blocks = new ArrayList<Block>();
        int position = text.indexOf(BEGIN);
        while (position >= 0) {
            int label = position + BEGIN.length();
            int content = text.indexOf(DASHES, label);
            if (content < 0) {
                break;
            }
            var name = text.substring(label, content);
            var end = "-----END " + name + DASHES;
            int after = text.indexOf(end, content);
            if (after < 0) {
                break;
            }
            blocks.add(new Block(name, text.substring(content + DASHES.length(), after)));
            position = text.indexOf(BEGIN, after + end.length());
        }
        return blocks;
    }
}
