package dev.plimsoll.inventory.serial;

import dev.plimsoll.inventory.analysis.ContentSearch;
import dev.plimsoll.inventory.content.Account;
import dev.plimsoll.inventory.content.Account.Password;
import dev.plimsoll.inventory.content.Accounts;
import dev.plimsoll.inventory.content.ContentMatch;
import dev.plimsoll.inventory.content.Contents;
import dev.plimsoll.inventory.content.DeletedFile;
import dev.plimsoll.inventory.content.Group;
import dev.plimsoll.inventory.content.MalwareScan;
import dev.plimsoll.inventory.content.RetrievedFile;
import dev.plimsoll.inventory.content.Secret;
import dev.plimsoll.inventory.content.ShadowEntry;
import dev.plimsoll.json.JsonException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Reads what {@link ContentsWriter} writes.
final class ContentsReader {

    /// The members of the document.
    static final Set<String> MEMBERS =
            Set.of("secrets", "matches", "searches", "retrieved", "malware", "accounts", "deleted");

    private static final int HEX_OF_SHA256 = 64;

    private final Layers layers;

    /// Takes the index of a layer, which is held against the image later.
    @FunctionalInterface
    interface Layers {
        int layer(Node node) throws JsonException;
    }

    ContentsReader(Layers layers) {
        this.layers = layers;
    }

    Contents read(Node root) throws JsonException {
        return new Contents(
                list(root, "secrets", this::secret),
                list(root, "matches", this::match),
                list(root, "searches", node -> new ContentSearch(node.text("name"), node.text("expression"))),
                list(root, "retrieved", node -> new RetrievedFile(node.text("path"), node.text("content"))),
                one(root, "malware", this::malware),
                one(root, "accounts", this::accounts),
                VerificationSection.read(root),
                list(root, "deleted", this::deleted));
    }

    /// Reads one element.
    @FunctionalInterface
    private interface Part<T> {
        T of(Node node) throws JsonException;
    }

    private static <T> Optional<T> one(Node root, String name, Part<T> part) throws JsonException {
        var node = root.optional(name);
        return node.isPresent() ? Optional.of(part.of(node.get())) : Optional.empty();
    }

    private static <T> Optional<List<T>> list(Node root, String name, Part<T> part) throws JsonException {
        return root.optional(name).isPresent() ? Optional.of(all(root, name, part)) : Optional.empty();
    }

    private static <T> List<T> all(Node node, String name, Part<T> part) throws JsonException {
        var all = new ArrayList<T>();
        for (var element : node.array(name)) {
            all.add(part.of(element));
        }
        return List.copyOf(all);
    }

    private Secret secret(Node node) throws JsonException {
        var layer = node.optional("layer");
        var digest = node.text("digest");
        if (digest.length() != HEX_OF_SHA256) {
            throw node.member("digest").wrong(Node.quoted(digest) + " is no SHA-256");
        }
        return new Secret(
                node.text("rule"),
                node.text("path"),
                layer.isPresent() ? OptionalInt.of(layers.layer(layer.get())) : OptionalInt.empty(),
                number(node.member("line")),
                node.text("redacted"),
                digest,
                node.bool("deleted"));
    }

    private ContentMatch match(Node node) throws JsonException {
        return new ContentMatch(
                node.text("search"),
                node.text("path"),
                layers.layer(node.member("layer")),
                all(node, "lines", ContentsReader::number));
    }

    private DeletedFile deleted(Node node) throws JsonException {
        return new DeletedFile(node.text("path"), layers.layer(node.member("layer")), node.number("size"));
    }

    private MalwareScan malware(Node node) throws JsonException {
        return new MalwareScan(
                constant(node, "outcome", MalwareScan.Outcome.values()),
                node.text("engine"),
                node.text("signatures"),
                all(
                        node,
                        "findings",
                        finding -> new MalwareScan.Finding(
                                finding.text("path"),
                                layers.layer(finding.member("layer")),
                                finding.text("signature"),
                                finding.bool("deleted"))),
                all(
                        node,
                        "notScanned",
                        file -> new MalwareScan.NotScanned(
                                file.text("path"), layers.layer(file.member("layer")), file.text("reason"))));
    }

    private Accounts accounts(Node node) throws JsonException {
        return new Accounts(
                all(
                        node,
                        "users",
                        user -> new Account(
                                user.text("name"),
                                user.number("userId"),
                                user.number("groupId"),
                                user.text("comment"),
                                user.text("home"),
                                user.text("shell"),
                                constant(user, "password", Password.values()))),
                all(
                        node,
                        "groups",
                        group -> new Group(group.text("name"), group.number("groupId"), group.texts("members"))),
                all(
                        node,
                        "passwords",
                        entry -> new ShadowEntry(entry.text("name"), constant(entry, "password", Password.values()))));
    }

    private static int number(Node node) throws JsonException {
        return (int) node.asNumber(0, Integer.MAX_VALUE);
    }

    private static <E extends Enum<E>> E constant(Node node, String name, E[] values) throws JsonException {
        var words = Arrays.stream(values).map(ContentsWriter::word).toList();
        return values[words.indexOf(node.choice(name, words.toArray(String[]::new)))];
    }
}
