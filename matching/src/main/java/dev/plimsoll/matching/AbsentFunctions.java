package dev.plimsoll.matching;

import dev.plimsoll.advisory.AffectedImport;
import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.golang.GoSymbols;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Flaws of Go modules that lie in functions which no program of the image holds, as `govulncheck -mode=binary` judges.
///
/// A finding is taken out where the module's functions are known, a record of Go's database names the functions or the
/// packages that have the flaw, and none of them is there. A record of GitHub's database about the same
/// vulnerability of the same module names none; what Go's says holds for it too. Any other record that names none
/// means the whole module.
final class AbsentFunctions {

    private static final String GITHUB = "GHSA-";

    /// In functions, that a reason names.
    private static final int SHOWN = 10;

    /// A package without symbols has the flaw wherever any of its functions is.
    private static final List<String> ANY = List.of("");

    private AbsentFunctions() {}

    /// Why the module's flaw is not in the image; empty where it is, and where that is not known.
    ///
    /// @param affected the records by which the package is affected, at least one
    static Optional<String> reason(ImagePackage item, List<Hit> affected) {
        if (item.type() != PackageType.GOLANG) {
            return Optional.empty();
        }
        var symbols = symbols(item);
        if (symbols.isEmpty()) {
            return Optional.empty();
        }
        var reasons = new ArrayList<String>();
        for (var hit : affected) {
            var imports = hit.record().affected().imports();
            if (imports.isEmpty() && hit.record().advisory().id().startsWith(GITHUB)) {
                continue;
            }
            var lookedFor = absent(item.name(), imports, symbols.get());
            if (lookedFor.isEmpty()) {
                return Optional.empty();
            }
            reasons.add(hit.record().advisory().id() + " of "
                    + hit.record().advisory().feed() + " is about " + lookedFor.get());
        }
        return reasons.stream().sorted().findFirst();
    }

    private static Optional<GoSymbols> symbols(ImagePackage item) {
        return Optional.ofNullable(item.properties().get(PackageProperty.SYMBOLS))
                .flatMap(GoSymbols::parse);
    }

    /// What is known of the functions that a record names which matched; empty where it names none.
    static String told(ImagePackage item, AffectedPackage affected) {
        if (item.type() != PackageType.GOLANG || affected.imports().isEmpty()) {
            return "";
        }
        var symbols = symbols(item);
        if (symbols.isEmpty()) {
            return "which functions of the module the programs hold was not collected (--go-symbols), or could not be"
                    + " read from all of them";
        }
        for (var each : affected.imports()) {
            var path = within(item.name(), each.path());
            if (path.isPresent() && !isForOtherPlatforms(each, symbols.get())) {
                for (var symbol : each.symbols().isEmpty() ? ANY : each.symbols()) {
                    if (symbols.get().mayHold(path.get(), symbol)) {
                        return "a program with the module holds " + name(each, symbol);
                    }
                }
            }
        }
        return "";
    }

    private static String name(AffectedImport each, String symbol) {
        return symbol.isEmpty() ? "the package " + each.path() : each.path() + "." + symbol;
    }

    /// What was looked for, in words, where none of it is there.
    private static Optional<String> absent(String module, List<AffectedImport> imports, GoSymbols symbols) {
        var names = new ArrayList<String>();
        for (var each : imports) {
            if (isForOtherPlatforms(each, symbols)) {
                continue;
            }
            var path = within(module, each.path());
            if (path.isEmpty()) {
                return Optional.empty();
            }
            for (var symbol : each.symbols().isEmpty() ? ANY : each.symbols()) {
                if (symbols.mayHold(path.get(), symbol)) {
                    return Optional.empty();
                }
                names.add(name(each, symbol));
            }
        }
        if (imports.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                names.isEmpty()
                        ? "other platforms than " + String.join(", ", symbols.platforms())
                        : shown(names) + ", which no program with the module holds");
    }

    private static String shown(List<String> names) {
        return names.size() <= SHOWN
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more functions";
    }

    private static boolean isForOtherPlatforms(AffectedImport each, GoSymbols symbols) {
        return !symbols.platforms().isEmpty()
                && symbols.platforms().stream().noneMatch(platform -> isFor(each, platform));
    }

    private static boolean isFor(AffectedImport each, String platform) {
        var slash = platform.indexOf('/');
        return slash < 0
                || ((each.systems().isEmpty() || each.systems().contains(platform.substring(0, slash)))
                        && (each.architectures().isEmpty()
                                || each.architectures().contains(platform.substring(slash + 1))));
    }

    /// The path of a package within its module; empty where it is of another one. The standard library's packages have
    /// no path of a module before theirs.
    private static Optional<String> within(String module, String path) {
        if (module.equals("stdlib")) {
            return Optional.of(path);
        }
        if (!path.toLowerCase(Locale.ROOT).startsWith(module.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        var rest = path.substring(module.length());
        return rest.isEmpty() || rest.startsWith("/")
                ? Optional.of(rest.substring(Math.min(1, rest.length())))
                : Optional.empty();
    }
}
