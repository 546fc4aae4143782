package dev.plimsoll.policy.simulation;

import dev.plimsoll.policy.Verdict.BundleReference;
import dev.plimsoll.policy.Verdict.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a candidate would do to a folder of images, held against what judges them now.
///
/// @param at the instant as of which all were judged
/// @param candidate its bundles
/// @param against the bundles that it is held against
/// @param images by file
/// @param unread files that could not be judged, by name
public record Simulation(
        Instant at,
        List<BundleReference> candidate,
        List<BundleReference> against,
        List<SimulatedImage> images,
        List<Unread> unread) {

    /// Images that a flip names.
    public static final int EXAMPLES = 3;

    public Simulation {
        candidate = List.copyOf(candidate);
        against = List.copyOf(against);
        images = images.stream()
                .sorted(Comparator.comparing(SimulatedImage::file))
                .toList();
        unread = unread.stream().sorted(Comparator.comparing(Unread::file)).toList();
    }

    /// A file that could not be judged.
    ///
    /// @param reason a clause
    public record Unread(String file, String reason) {}

    /// Images whose decision becomes another one, for one reason.
    ///
    /// @param images how many
    /// @param examples the first of them, by their files
    public record Flip(Decision before, Decision after, Cause cause, int images, List<String> examples) {
        public Flip {
            examples = List.copyOf(examples);
        }
    }

    /// The images of a repository.
    ///
    /// @param name empty for images without a name
    /// @param worse images that pass now and would not
    /// @param better images that do not pass now and would
    public record Repository(
            String name, Map<Decision, Integer> before, Map<Decision, Integer> after, int worse, int better) {
        public Repository {
            before = Map.copyOf(before);
            after = Map.copyOf(after);
        }

        public int images() {
            return before.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /// How many images each decision has now.
    public Map<Decision, Integer> before() {
        return count(images, true);
    }

    /// How many images each decision would have.
    public Map<Decision, Integer> after() {
        return count(images, false);
    }

    private static Map<Decision, Integer> count(List<SimulatedImage> some, boolean now) {
        var counts = new EnumMap<Decision, Integer>(Decision.class);
        for (var decision : Decision.values()) {
            counts.put(decision, 0);
        }
        some.forEach(image -> counts.merge(now ? image.before() : image.after(), 1, Integer::sum));
        return counts;
    }

    /// Those whose decision becomes another one.
    public List<SimulatedImage> flipped() {
        return images.stream().filter(SimulatedImage::flips).toList();
    }

    /// What makes decisions become others: most images first. An image that flips for several
    /// reasons stands in each.
    public List<Flip> flips() {
        record Kind(Decision before, Decision after, Cause cause) {}
        var byKind = new TreeMap<Kind, List<String>>(
                Comparator.comparing(Kind::before).thenComparing(Kind::after).thenComparing(Kind::cause));
        for (var image : flipped()) {
            for (var cause : image.causes()) {
                byKind.computeIfAbsent(new Kind(image.before(), image.after(), cause), _ -> new ArrayList<>())
                        .add(image.name());
            }
        }
        return byKind.entrySet().stream()
                .map(entry -> new Flip(
                        entry.getKey().before(),
                        entry.getKey().after(),
                        entry.getKey().cause(),
                        entry.getValue().size(),
                        entry.getValue().stream().distinct().limit(EXAMPLES).toList()))
                .sorted(Comparator.comparingInt(Flip::images).reversed())
                .toList();
    }

    /// By repository: those where most changes first, then by name.
    public List<Repository> repositories() {
        var byName = new TreeMap<String, List<SimulatedImage>>();
        images.forEach(image -> byName.computeIfAbsent(image.repository(), _ -> new ArrayList<>())
                .add(image));
        return byName.entrySet().stream()
                .map(entry -> repository(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt((Repository found) -> found.worse() + found.better())
                        .reversed())
                .toList();
    }

    private static Repository repository(String name, List<SimulatedImage> some) {
        int worse = 0;
        int better = 0;
        for (var image : some) {
            boolean passes = image.before() == Decision.PASS;
            boolean would = image.after() == Decision.PASS;
            worse += passes && !would ? 1 : 0;
            better += !passes && would ? 1 : 0;
        }
        return new Repository(name, count(some, true), count(some, false), worse, better);
    }
}
