package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.policy.bundle.BundleConverter;
import dev.plimsoll.policy.bundle.BundleConverter.Converted;
import dev.plimsoll.policy.bundle.BundleConverter.Refused;
import dev.plimsoll.policy.bundle.BundleDraft;
import dev.plimsoll.policy.bundle.BundleDraft.Strictness;
import dev.plimsoll.policy.bundle.BundleDraft.Wishes;
import dev.plimsoll.policy.bundle.DefaultBundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Writes a first bundle.
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Write a first policy bundle, in YAML with comments. On a terminal it asks a few questions.",
        footer = {
            "",
            "Examples:",
            "  plimsoll policy init",
            "  plimsoll policy init --production --images 'registry.example/shop/*' -o policy.yaml",
            "  plimsoll policy init --from-pack company.json -o policy.yaml"
        })
final class PolicyInitCommand implements Callable<Integer> {

    /// Characters of an answer.
    private static final int MAX_ANSWER = 1000;

    private final Environment environment;

    @Option(
            names = "--production",
            description = "For what runs where it matters: high vulnerabilities with a fix, and root, stop an image.")
    private boolean production;

    @Option(
            names = "--strict",
            description = "More than that: critical vulnerabilities without a fix, old advisory data, remote login.")
    private boolean strict;

    @Option(
            names = "--images",
            paramLabel = "REGISTRY/REPOSITORY",
            description = "Which images it is for; * fits any run of characters. Default: all.")
    private @Nullable String images;

    @Option(names = "--id", paramLabel = "ID", description = "The bundle's id. Default: my-policy.")
    private @Nullable String id;

    @Option(
            names = "--from-pack",
            paramLabel = "NAME|FILE",
            description = "Begin with another bundle: default, or a file in JSON or YAML.")
    private @Nullable String pack;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where to write; - is standard output. Default: policy.yaml.")
    private @Nullable String out;

    @Option(names = "--force", description = "Write over a file that is there.")
    private boolean force;

    PolicyInitCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        var file = Optional.of(out == null ? "policy.yaml" : out).filter(name -> !name.equals("-"));
        var target = new BundleTarget(environment, file);
        if (target.exists() && !force) {
            throw CommandException.usage(
                    "there is a file " + target.name() + " already: -o names another, --force writes over it");
        }
        target.write(pack == null ? BundleDraft.yaml(wishes()) : fromPack(pack));
        file.ifPresent(name -> environment
                .err()
                .println("plimsoll: wrote " + name + "; judge an image by it: plimsoll check IMAGE --policy " + name));
        return ExitCode.PASS.code();
    }

    private String fromPack(String name) {
        if (production || strict || images != null || id != null) {
            throw CommandException.usage(
                    "--from-pack takes the bundle as it is: leave out --production, --strict," + " --images and --id");
        }
        var path = environment.resolve(name);
        if (!Files.exists(path)) {
            if (name.equals("default")) {
                return BundleDraft.yaml(DefaultBundle.tree());
            }
            throw CommandException.usage("there is neither a pack nor a file '" + name + "'; packs are: default");
        }
        return switch (BundleConverter.convert(path.toString(), PolicyFiles.bytes(path), Optional.of("2"), false)) {
            case Converted(var bundle, var warnings) -> {
                warnings.forEach(warning -> environment.err().println("plimsoll: warning: " + warning));
                yield BundleDraft.yaml(bundle);
            }
            case Refused(var errors) -> {
                var text = new StringBuilder("the policy bundle " + path + " cannot be used");
                errors.forEach(error -> text.append("\n  ").append(error));
                throw CommandException.usage(text.toString());
            }
        };
    }

    private Wishes wishes() throws IOException {
        boolean asks = environment.errIsTerminal() && !production && !strict && images == null && id == null;
        if (!asks) {
            return wishes(
                    id == null ? "my-policy" : id,
                    images == null ? "*/*" : images,
                    strict ? Strictness.STRICT : production ? Strictness.PRODUCTION : Strictness.DEFAULT);
        }
        var answers = new BufferedReader(new InputStreamReader(environment.in(), StandardCharsets.UTF_8));
        var name = asked(answers, "A name for the policy", "my-policy");
        var which = asked(answers, "For which images, as REGISTRY/REPOSITORY; * fits anything", "*/*");
        var where = asked(answers, "How strict: default, production or strict", "production");
        return wishes(name, which, strictness(where));
    }

    private static Wishes wishes(String id, String images, Strictness strictness) {
        int slash = images.indexOf('/');
        if (id.isBlank() || slash <= 0 || slash == images.length() - 1) {
            throw CommandException.usage(
                    id.isBlank()
                            ? "--id: the id is empty"
                            : "--images: '" + images + "' is no REGISTRY/REPOSITORY; write for example"
                                    + " 'registry.example/shop/*' or '*/*'");
        }
        return new Wishes(id, images.substring(0, slash), images.substring(slash + 1), strictness);
    }

    private static Strictness strictness(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "default" -> Strictness.DEFAULT;
            case "production" -> Strictness.PRODUCTION;
            case "strict" -> Strictness.STRICT;
            default -> throw CommandException.usage("'" + word + "' is none of default, production, strict");
        };
    }

    /// Who ends the input or answers nothing takes what is proposed.
    private String asked(BufferedReader answers, String question, String proposal) throws IOException {
        environment.err().print(question + " [" + proposal + "]: ");
        environment.err().flush();
        var line = answers.readLine();
        if (line == null || line.isBlank()) {
            return proposal;
        }
        return line.strip().substring(0, Math.min(line.strip().length(), MAX_ANSWER));
    }
}
