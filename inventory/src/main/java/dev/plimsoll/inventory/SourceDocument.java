package dev.plimsoll.inventory;

import dev.plimsoll.image.Digest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A document that told of the image in the image's stead, such as a software bill of materials. Of the packages it
/// knows what its author wrote down; nobody can ask further.
///
/// @param format with its version: `CycloneDX 1.6 JSON`
/// @param digest of the document's bytes
/// @param tools what wrote it, sorted: `syft 1.57.1`
/// @param unsaid what the document tells of no package, so that an empty value means *not known* there
/// @param unidentified how many components have no package URL by which anybody could look them up; each is an
/// {@link Unknown} of the inventory too
/// @param statements what the document says of itself; empty where an older inventory does not tell
public record SourceDocument(
        String format,
        Digest digest,
        List<String> tools,
        Set<PackageFact> unsaid,
        int unidentified,
        Optional<Set<Statement>> statements) {

    public SourceDocument {
        tools = tools.stream().sorted().distinct().toList();
        unsaid = java.util.Collections.unmodifiableSet(new TreeSet<>(unsaid));
        statements = statements.map(found -> java.util.Collections.unmodifiableSet(new TreeSet<>(found)));
    }

    /// Of which nobody knows what it says of itself.
    public SourceDocument(String format, Digest digest, List<String> tools, Set<PackageFact> unsaid, int unidentified) {
        this(format, digest, tools, unsaid, unidentified, Optional.empty());
    }

    /// What a document may say of itself, besides the tools that made it.
    public enum Statement {
        /// Which person or organisation made it.
        AUTHOR("author"),
        /// When it was made.
        TIMESTAMP("timestamp"),
        /// In which phase of the software's life it was made.
        GENERATION_CONTEXT("generation-context");

        private final String word;

        Statement(String word) {
            this.word = word;
        }

        /// As the serial form writes it.
        public String word() {
            return word;
        }

        /// The statement of that word.
        public static Optional<Statement> of(String word) {
            return Arrays.stream(values())
                    .filter(statement -> statement.word.equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst();
        }
    }

    /// What may be known of a package, and whose value is the same where it is not known and where there is none.
    public enum PackageFact {
        /// {@link ImagePackage#source()}, by which many advisories of distributions are kept.
        SOURCE_PACKAGES("source-packages"),
        /// {@link ImagePackage#licenses()}.
        LICENSES("licenses"),
        /// {@link ImagePackage#ownedFiles()} and {@link ImagePackage#ownedBy()}.
        OWNERSHIP("ownership");

        private final String word;

        PackageFact(String word) {
            this.word = word;
        }

        /// As the serial form writes it.
        public String word() {
            return word;
        }

        /// The fact of that word.
        public static Optional<PackageFact> of(String word) {
            return Arrays.stream(values())
                    .filter(fact -> fact.word.equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst();
        }
    }
}
