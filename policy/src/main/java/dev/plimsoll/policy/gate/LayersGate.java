package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.Glob;
import dev.plimsoll.inventory.ImageFacts.LayerFacts;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.inventory.content.DeletedFile;
import dev.plimsoll.inventory.content.Secret;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import java.util.ArrayList;
import java.util.List;

/// Gate `layers`: what an image carries beside what a container shows.
final class LayersGate implements Gate {

    private static final Parameter<List<Glob>> PATHS = Parameter.of("paths", ValueTypes.GLOBS)
            .describedAs("Only these paths. Without it all count.")
            .like("/var/cache/**,**/*.pem");
    private static final Parameter<Long> MIN_SIZE = Parameter.of("min_size", ValueTypes.BYTES)
            .describedAs("Only files of at least so many bytes.")
            .like("10mb")
            .orElse(0L);
    private static final Parameter<Integer> MAX_LAYERS = Parameter.of("max_layers", ValueTypes.INTEGER)
            .describedAs("How many layers are allowed.")
            .like("20")
            .mustBeGiven();
    private static final Parameter<Long> MAX_SIZE = Parameter.of("max_size", ValueTypes.BYTES)
            .describedAs("How many bytes are allowed, unpacked.")
            .like("500mb")
            .mustBeGiven();

    @Override
    public String name() {
        return "layers";
    }

    @Override
    public String description() {
        return "What the image's layers carry, that included which no container shows. Anchore has no such gate.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.named("secret_in_deleted_file")
                        .describedAs(
                                "Fires for each secret in a file that a later layer deletes or replaces: who has the"
                                        + " image has it all the same.")
                        .needing(_ -> AnalysisRequest.ofSecrets())
                        .judgedBy((_, subject) -> judgeSecrets(subject)),
                Trigger.named("deleted_file")
                        .describedAs("Fires for each file that a layer brings and a later one deletes.")
                        .with(PATHS, MIN_SIZE)
                        .needing(_ -> AnalysisRequest.ofDeletedFiles())
                        .judgedBy(LayersGate::judgeDeleted),
                Trigger.named("max_count")
                        .describedAs("Fires where the image has more layers.")
                        .with(MAX_LAYERS)
                        .judgedBy(LayersGate::judgeCount),
                Trigger.named("max_layer_size")
                        .describedAs("Fires for each layer that is larger.")
                        .with(MAX_SIZE)
                        .judgedBy(LayersGate::judgeLayers),
                Trigger.named("max_total_size")
                        .describedAs("Fires where all layers together are larger.")
                        .with(MAX_SIZE)
                        .judgedBy(LayersGate::judgeTotal));
    }

    private static Outcome judgeSecrets(Subject subject) {
        var secrets = subject.inventory().contents().secrets();
        if (secrets.isEmpty()) {
            return Outcome.of(
                    List.of(), List.of(UnknownFacts.notCollected(subject, "nobody looked for secrets", "--secrets")));
        }
        var deleted = secrets.get().stream().filter(Secret::deleted).toList();
        return Outcome.of(
                FoundSecrets.firings("layers", "secret_in_deleted_file", deleted), SecretScansGate.gaps(subject));
    }

    private static Outcome judgeDeleted(Arguments arguments, Subject subject) {
        var deleted = subject.inventory().contents().deleted();
        if (deleted.isEmpty()) {
            return Outcome.of(
                    List.of(),
                    List.of(UnknownFacts.notCollected(
                            subject, "which files later layers delete is not known", "--deleted-files")));
        }
        var globs = arguments.find(PATHS);
        long least = arguments.get(MIN_SIZE);
        var firings = deleted.get().stream()
                .filter(file -> file.size() >= least)
                .filter(file -> globs.isEmpty() || globs.get().stream().anyMatch(glob -> glob.matches(file.path())))
                .map(LayersGate::firing)
                .toList();
        return Outcome.of(
                firings,
                UnknownFacts.ofPlaces(
                        subject,
                        "not all deleted files are known",
                        unknown -> unknown.path().isEmpty() && unknown.place().equals("deleted files")));
    }

    private static Firing firing(DeletedFile file) {
        var path = "/" + file.path();
        var message = "Layer " + (file.layer() + 1) + " brings " + path + " (" + file.size()
                + " bytes), which a later layer deletes: the image still holds it";
        return Firing.ours(
                        "deleted_file",
                        path,
                        message,
                        new Remedy("Delete", path, "files", " in the step that brings it, or keep it out of the image"))
                .at(new Location(file.path(), file.layer()));
    }

    private static Outcome judgeCount(Arguments arguments, Subject subject) {
        var count = subject.inventory().image().layerCount();
        if (count.isEmpty()) {
            return Outcome.of(List.of(), List.of(notTold(subject, "how many layers the image has")));
        }
        int most = arguments.get(MAX_LAYERS);
        var message = "The image has " + count.getAsInt() + " layers, over " + most;
        return count.getAsInt() <= most
                ? Outcome.quiet()
                : Outcome.of(List.of(Firing.ours(
                        "max_count",
                        "layers",
                        message,
                        Remedy.of("Bring the image down to " + most + (most == 1 ? " layer" : " layers")))));
    }

    private static Outcome judgeLayers(Arguments arguments, Subject subject) {
        var image = subject.inventory().image();
        if (!image.layersKnown()) {
            return Outcome.of(List.of(), List.of(notTold(subject, "how large the image's layers are")));
        }
        long most = arguments.get(MAX_SIZE);
        var firings = new ArrayList<Firing>();
        var gaps = new ArrayList<Gap>();
        for (int i = 0; i < image.layers().size(); i++) {
            var layer = image.layers().get(i);
            if (layer.unpackedSize().isEmpty()) {
                gaps.add(notTold(subject, "how large layer " + (i + 1) + " is"));
            } else if (layer.unpackedSize().getAsLong() > most) {
                firings.add(tooLarge(layer, i + 1, most));
            }
        }
        return Outcome.of(firings, gaps);
    }

    /// The diff id names the layer in any image.
    private static Firing tooLarge(LayerFacts layer, int number, long most) {
        var size = layer.unpackedSize().orElseThrow();
        return Firing.ours(
                "max_layer_size",
                layer.diffId().or(layer::digest).map(Object::toString).orElse("layer " + number),
                "Layer " + number + " has " + size + " bytes unpacked, over " + most
                        + (layer.createdBy().isEmpty() ? "" : " (" + shortened(layer.createdBy()) + ")"),
                new Remedy("Bring", "layer " + number, "layers", " down to " + most + " bytes"));
    }

    private static String shortened(String step) {
        int most = 80;
        return step.length() <= most ? step : step.substring(0, most) + "\u2026";
    }

    private static Outcome judgeTotal(Arguments arguments, Subject subject) {
        var size = subject.inventory().image().unpackedSize();
        if (size.isEmpty()) {
            return Outcome.of(List.of(), List.of(notTold(subject, "how large the image's layers are")));
        }
        long most = arguments.get(MAX_SIZE);
        return size.getAsLong() <= most
                ? Outcome.quiet()
                : Outcome.of(List.of(Firing.ours(
                        "max_total_size",
                        "size",
                        "The image's layers have " + size.getAsLong() + " bytes unpacked, over " + most,
                        Remedy.of("Bring the image's layers down to " + most + " bytes"))));
    }

    private static Gap notTold(Subject subject, String what) {
        return Gap.unknown(
                what + " is not known: " + UnknownFacts.whatTells(subject.inventory()) + " does not tell it");
    }
}
