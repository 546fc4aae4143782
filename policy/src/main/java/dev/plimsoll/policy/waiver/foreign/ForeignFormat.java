package dev.plimsoll.policy.waiver.foreign;

import dev.plimsoll.policy.waiver.WaiverReader;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The lists that can be read.
public enum ForeignFormat {
    /// Trivy's `.trivyignore`.
    TRIVYIGNORE,
    /// Trivy's `.trivyignore.yaml`.
    TRIVYIGNORE_YAML,
    /// The ignore rules of Grype's `.grype.yaml`.
    GRYPE,
    /// A CVE allowlist of Harbor, as its API gives it.
    HARBOR,
    /// Allowlists (whitelists) of Anchore: a bundle, or one list alone.
    ANCHORE;

    /// In bytes.
    public static final int MAX_LENGTH = WaiverReader.MAX_LENGTH;

    /// As options write it: `trivyignore-yaml`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(ForeignFormat::word).toList();
    }

    public static Optional<ForeignFormat> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word))
                .findFirst();
    }

    /// @throws ImportException where the text is no list of the format
    public WaiverImport read(byte[] text, ImportOptions options) throws ImportException {
        if (text.length > MAX_LENGTH) {
            throw new ImportException("is over " + MAX_LENGTH + " bytes");
        }
        var drafts = new Drafts(word(), options);
        switch (this) {
            case TRIVYIGNORE -> TrivyIgnore.read(text, drafts);
            case TRIVYIGNORE_YAML -> TrivyIgnoreYaml.read(text, drafts);
            case GRYPE -> GrypeIgnore.read(text, drafts);
            case HARBOR -> HarborAllowlist.read(text, drafts);
            case ANCHORE -> AnchoreAllowlists.read(text, drafts);
        }
        return drafts.finish();
    }
}
