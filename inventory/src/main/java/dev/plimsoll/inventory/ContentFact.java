package dev.plimsoll.inventory;

import dev.plimsoll.inventory.content.Account;
import dev.plimsoll.inventory.content.Group;
import dev.plimsoll.inventory.content.ShadowEntry;
import java.util.List;

/// What a file of a layer says beyond packages.
public sealed interface ContentFact {

    /// How much it takes where a layer's facts are bounded: 1, and 1 more for each {@link #CHARACTERS} that it holds.
    default int weight() {
        return 1;
    }

    /// In characters, of one unit of weight.
    int CHARACTERS = 1024;

    /// A secret; see {@link dev.plimsoll.inventory.content.Secret}.
    record SecretFound(String rule, int line, String redacted, String digest) implements ContentFact {}

    /// A search found something; see {@link dev.plimsoll.inventory.content.ContentMatch}.
    record SearchMatched(String search, List<Integer> lines) implements ContentFact {
        public SearchMatched {
            lines = List.copyOf(lines);
        }

        @Override
        public int weight() {
            return 1 + lines.size() / 10;
        }
    }

    /// The file was kept whole.
    ///
    /// @param content in Base64
    record Retrieved(String content) implements ContentFact {
        @Override
        public int weight() {
            return 1 + content.length() / CHARACTERS;
        }
    }

    /// A line of `/etc/passwd`.
    record AccountFound(Account account) implements ContentFact {}

    /// A line of `/etc/group`.
    record GroupFound(Group group) implements ContentFact {
        @Override
        public int weight() {
            return 1 + group.members().size();
        }
    }

    /// A line of `/etc/shadow`.
    record ShadowFound(ShadowEntry entry) implements ContentFact {}

    /// A virus scanner calls the file malware.
    record MalwareFound(String signature) implements ContentFact {}

    /// A virus scanner did not see the file.
    record MalwareNotScanned(String reason) implements ContentFact {}
}
