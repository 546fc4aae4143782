package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.Image.LayerResult;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.inventory.ContentFact;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.content.Account;
import dev.plimsoll.inventory.scan.LayerEvidence.Found;
import dev.plimsoll.inventory.scan.LayerEvidence.Unreadable;
import dev.plimsoll.purl.Distribution;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/// Writes what reading a layer gave; {@link LayerReader} reads it. The same facts give the same bytes.
///
/// Form: the mark and {@link #VERSION}, then the members in the order of their records. A number takes eight or four
/// bytes, the highest first; a text its length in UTF-16 code units and these, so that every text comes back as it was;
/// a list its length and its elements; a map the same, sorted by keys; a kind of fact a byte.
final class LayerWriter {

    static final int MARK = 0x506c6c66; // "Pllf"

    /// To be raised with every change of the form or of what a fact means.
    static final int VERSION = 1;

    private final DataOutputStream out;

    private LayerWriter(DataOutputStream out) {
        this.out = out;
    }

    static void write(LayerResult<LayerEvidence> layer, OutputStream out) throws IOException {
        var data = new DataOutputStream(out);
        new LayerWriter(data).write(layer);
        data.flush();
    }

    /// Writes one element.
    @FunctionalInterface
    private interface Element<T> {
        void write(T value) throws IOException;
    }

    private void write(LayerResult<LayerEvidence> layer) throws IOException {
        out.writeInt(MARK);
        out.writeInt(VERSION);
        out.writeLong(layer.unpackedSize());
        out.writeLong(layer.entries());
        out.writeInt(layer.listing().size());
        for (var entry : layer.listing()) {
            entry(entry);
        }
        var evidence = layer.found();
        list(evidence.found(), this::found);
        list(evidence.unreadable(), this::unreadable);
        list(evidence.oddities(), this::unreadable);
        map(evidence.digests());
        out.writeInt(evidence.allDigests().size());
        for (FileEntry entry : evidence.allDigests()) {
            text(entry.path());
            text(entry.sha256().orElse(""));
        }
    }

    private void entry(LayerEntry entry) throws IOException {
        text(entry.path());
        word(entry.kind());
        out.writeInt(entry.mode());
        out.writeLong(entry.userId());
        out.writeLong(entry.groupId());
        out.writeLong(entry.size());
        text(entry.linkTarget());
        text(entry.capabilities());
    }

    private void found(Found found) throws IOException {
        text(found.path());
        text(found.analyzer().name());
        out.writeInt(found.analyzer().version());
        list(found.facts(), this::fact);
    }

    private void unreadable(Unreadable place) throws IOException {
        text(place.path());
        text(place.place());
        text(place.reason());
    }

    private void fact(Fact fact) throws IOException {
        switch (fact) {
            case Fact.PackageFound found -> {
                out.writeByte(0);
                packageFound(found);
            }
            case Fact.OwnedFiles owned -> {
                out.writeByte(1);
                word(owned.type());
                text(owned.key());
                list(owned.paths(), this::text);
            }
            case Fact.Licenses licenses -> {
                out.writeByte(2);
                word(licenses.type());
                text(licenses.key());
                list(licenses.names(), this::text);
            }
            case Fact.Properties properties -> {
                out.writeByte(3);
                word(properties.type());
                text(properties.key());
                properties(properties.values());
            }
            case Fact.Dependencies dependencies -> {
                out.writeByte(4);
                word(dependencies.type());
                text(dependencies.key());
                list(dependencies.names(), this::text);
            }
            case Fact.FileClaims claims -> {
                out.writeByte(5);
                word(claims.type());
                text(claims.key());
                list(claims.claims(), this::claim);
            }
            case Fact.Diverted diverted -> {
                out.writeByte(6);
                word(diverted.type());
                text(diverted.path());
                text(diverted.elsewhere());
                text(diverted.except());
            }
            case Fact.Digested digested -> {
                out.writeByte(7);
                text(digested.digests().hexadecimal("md5"));
                text(digested.digests().hexadecimal("sha1"));
                text(digested.digests().hexadecimal("sha256"));
            }
            case Fact.DistributionFound found -> {
                out.writeByte(8);
                distribution(found.distribution());
            }
            case Fact.Content content -> {
                out.writeByte(9);
                content(content.fact());
            }
            case Fact.Executable executable -> {
                out.writeByte(10);
                text(executable.format());
            }
        }
    }

    private void packageFound(Fact.PackageFound found) throws IOException {
        word(found.type());
        text(found.namespace());
        text(found.name());
        text(found.version());
        out.writeBoolean(found.source().isPresent());
        if (found.source().isPresent()) {
            text(found.source().get().name());
            text(found.source().get().version());
        }
        text(found.architecture());
        text(found.modularity());
        word(found.evidence());
        text(found.key());
        map(found.qualifiers());
        list(found.licenses(), this::text);
        list(found.ownedFiles(), this::text);
        list(found.cpes(), this::text);
        list(found.dependencies(), this::text);
        properties(found.properties());
        text(found.place());
    }

    private void claim(FileClaim claim) throws IOException {
        text(claim.path());
        text(claim.algorithm());
        text(claim.digest());
        out.writeInt(claim.mode().orElse(-1));
        out.writeBoolean(claim.configuration());
        out.writeBoolean(claim.optional());
    }

    private void distribution(Distribution distribution) throws IOException {
        text(distribution.id());
        text(distribution.versionId());
        text(distribution.codename());
        list(distribution.like(), this::text);
        text(distribution.prettyName());
    }

    private void content(ContentFact content) throws IOException {
        switch (content) {
            case ContentFact.SecretFound secret -> {
                out.writeByte(0);
                text(secret.rule());
                out.writeInt(secret.line());
                text(secret.redacted());
                text(secret.digest());
            }
            case ContentFact.SearchMatched matched -> {
                out.writeByte(1);
                text(matched.search());
                list(matched.lines(), out::writeInt);
            }
            case ContentFact.Retrieved retrieved -> {
                out.writeByte(2);
                text(retrieved.content());
            }
            case ContentFact.AccountFound found -> {
                out.writeByte(3);
                account(found.account());
            }
            case ContentFact.GroupFound found -> {
                out.writeByte(4);
                text(found.group().name());
                out.writeLong(found.group().groupId());
                list(found.group().members(), this::text);
            }
            case ContentFact.ShadowFound found -> {
                out.writeByte(5);
                text(found.entry().name());
                word(found.entry().password());
            }
            case ContentFact.MalwareFound found -> {
                out.writeByte(6);
                text(found.signature());
            }
            case ContentFact.MalwareNotScanned not -> {
                out.writeByte(7);
                text(not.reason());
            }
        }
    }

    private void account(Account account) throws IOException {
        text(account.name());
        out.writeLong(account.userId());
        out.writeLong(account.groupId());
        text(account.comment());
        text(account.home());
        text(account.shell());
        word(account.password());
    }

    private <T> void list(Collection<T> values, Element<T> element) throws IOException {
        out.writeInt(values.size());
        for (var value : values) {
            element.write(value);
        }
    }

    private void map(Map<String, String> values) throws IOException {
        out.writeInt(values.size());
        for (var entry : new TreeMap<>(values).entrySet()) {
            text(entry.getKey());
            text(entry.getValue());
        }
    }

    private void properties(Map<? extends Enum<?>, String> values) throws IOException {
        var sorted = new TreeMap<String, String>();
        values.forEach((key, value) -> sorted.put(key.name(), value));
        map(sorted);
    }

    private void word(Enum<?> value) throws IOException {
        text(value.name());
    }

    private void text(String text) throws IOException {
        out.writeInt(text.length());
        out.writeChars(text);
    }
}
