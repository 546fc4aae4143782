package dev.plimsoll.inventory.classifier;

import com.google.re2j.Pattern;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.classifier.Classifier.Evidence;
import dev.plimsoll.inventory.golang.GoBuild;
import dev.plimsoll.inventory.program.Program;
import dev.plimsoll.inventory.program.ProgramAnalyzer;
import dev.plimsoll.inventory.program.ProgramContent;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Products whose programs came in no package, by name and bytes: the table `classifiers.yaml`. Where the bytes do not
/// tell a version nothing is said. Stateless: one instance serves all threads.
public final class ProgramClassifier implements ProgramAnalyzer {

    /// In places of a text that are looked at in one program.
    static final int MAX_PLACES = 5_000;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "binary-classifier", 1, "any", WantedPaths.programs())
            .yields(PackageType.GENERIC, PackageType.GOLANG, PackageType.GITHUB)
            .gives("products by the bytes of their programs, with CPEs, marked as of low confidence")
            .limit("places of a text", MAX_PLACES, "places")
            .source("classifiers.yaml, a source for each product")
            .proof("programs of Debian and npm, as the table says; else samples written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void examine(ProgramFile file, FactSink facts) throws IOException {
        for (var classifier : Classifiers.table().of(file.path())) {
            version(classifier, file.program()).ifPresent(version -> facts.add(found(classifier, version)));
        }
    }

    static PackageFound found(Classifier classifier, String version) {
        return PackageFound.ofLanguage(
                        classifier.type(), classifier.namespace(), classifier.name(), version, List.of(), "")
                .withCpes(classifier.cpes(version))
                .withProperties(Map.of(PackageProperty.CONFIDENCE, "low"));
    }

    private static Optional<String> version(Classifier classifier, Program program) throws IOException {
        var found = Optional.<String>empty();
        for (var evidence : classifier.evidences()) {
            if (found.isEmpty()) {
                found = switch (evidence) {
                    case Evidence.Text text -> version(text, program.content());
                    case Evidence.Go(var module, var toolchain) ->
                        GoBuild.of(program)
                                .filter(build -> build.isOf(module))
                                .map(build -> toolchain ? build.toolchain() : build.version())
                                .filter(version -> !version.isEmpty());
                };
            }
        }
        for (var other : classifier.unless()) {
            if (found.isPresent() && new TextSearch(other).isIn(program.content())) {
                return Optional.empty();
            }
        }
        return found;
    }

    static Optional<String> version(Evidence.Text evidence, ProgramContent content) throws IOException {
        var ready = new AtomicReference<@Nullable Pattern>();
        var found = new TextSearch(evidence.text()).first(content, MAX_PLACES, around -> {
            var pattern = ready.get();
            if (pattern == null) {
                pattern = Pattern.compile(evidence.version(), Pattern.DOTALL);
                ready.set(pattern);
            }
            var matcher = pattern.matcher(around);
            return matcher.find() ? Optional.of(matcher.group("version")) : Optional.empty();
        });
        return found.isPresent() && !evidence.also().isEmpty() && !new TextSearch(evidence.also()).isIn(content)
                ? Optional.empty()
                : found;
    }
}
