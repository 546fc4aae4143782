package dev.plimsoll.policy.bundle;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which gates, triggers and parameters Anchore's products know, so that a conversion can say what they would refuse.
/// Names are those of format 2.
///
/// Source: Anchore Engine 1.1, `policy_spec`; Anchore Enterprise 6, documentation of its gates. Names of parameters of
/// `epss_…`, `inherited_from_base` and `packages/metadata` come from descriptions, not from a specification.
final class AnchoreVocabulary {

    static final AnchoreVocabulary ENGINE = new AnchoreVocabulary("Anchore Engine", """
            always/always
            dockerfile/instruction instruction check value actual_dockerfile_only
            dockerfile/effective_user users type
            dockerfile/exposed_ports ports type actual_dockerfile_only
            dockerfile/no_dockerfile_provided
            files/content_regex_match regex_name
            files/name_match regex
            files/attribute_match filename checksum_algorithm checksum checksum_match mode mode_op skip_missing
            files/suid_or_guid_set
            packages/required_package name version version_match_type
            packages/verify only_packages only_directories check
            packages/denylist name version
            npms/newer_version_in_feed
            npms/unknown_in_feeds
            npms/version_not_in_feeds
            npms/blacklisted_name_version name version
            npms/denylisted_name_version name version
            npms/feed_data_unavailable
            ruby_gems/newer_version_found_in_feed
            ruby_gems/not_found_in_feed
            ruby_gems/version_not_found_in_feed
            ruby_gems/blacklist name version
            ruby_gems/denylist name version
            ruby_gems/feed_data_unavailable
            passwd_file/content_not_available
            passwd_file/denylist_usernames user_names
            passwd_file/denylist_userids user_ids
            passwd_file/denylist_groupids group_ids
            passwd_file/denylist_shells shells
            passwd_file/denylist_full_entry entry
            retrieved_files/content_not_available path
            retrieved_files/content_regex path regex check
            secret_scans/content_regex_checks content_regex_name filename_regex match_type
            licenses/denylist_exact_match licenses
            licenses/denylist_partial_match licenses
            malware/scans
            malware/scan_not_run
            metadata/attribute attribute check value
            vulnerabilities/stale_feed_data max_days_since_sync
            vulnerabilities/vulnerability_data_unavailable
            vulnerabilities/denylist vulnerability_ids vendor_only
            vulnerabilities/package package_type severity_comparison severity cvss_v3_base_score \
            cvss_v3_base_score_comparison cvss_v3_exploitability_score cvss_v3_exploitability_score_comparison \
            cvss_v3_impact_score cvss_v3_impact_score_comparison vendor_cvss_v3_base_score \
            vendor_cvss_v3_base_score_comparison vendor_cvss_v3_exploitability_score \
            vendor_cvss_v3_exploitability_score_comparison vendor_cvss_v3_impact_score \
            vendor_cvss_v3_impact_score_comparison fix_available vendor_only max_days_since_creation \
            max_days_since_fix package_path_exclude
            """, Map.of(), Set.of());

    static final AnchoreVocabulary ENTERPRISE =
            new AnchoreVocabulary("Anchore Enterprise", """
            ancestry/allowed_base_image_digest base_digest
            ancestry/allowed_base_image_tag base_tag
            ancestry/denylist_ancestor_image_digest ancestor_digest
            ancestry/denylist_ancestor_image_tag ancestor_tag
            ancestry/no_ancestors_analyzed
            distro/deny distro version check
            image_source_drift/package_downgraded package_types
            image_source_drift/package_removed package_types
            image_source_drift/no_related_sources
            licenses/denylist_exact_match package_type
            licenses/denylist_partial_match package_type
            packages/metadata type type_comparison name name_comparison version version_comparison
            stig/no_stig_evaluations_available
            stig/stig_evaluations_outdated max_days_since_stig_evaluation
            tag_drift/packages_added package_type
            tag_drift/packages_removed package_type
            tag_drift/packages_modified package_type
            vulnerabilities/kev_list
            vulnerabilities/package epss_score epss_score_comparison epss_percentile epss_percentile_comparison \
            known_exploited_vulnerability inherited_from_base
            """, ENGINE.triggers, Set.of("npms", "ruby_gems"));

    private final String product;

    @SuppressWarnings("ImmutableEnumChecker") // filled by the constructor and never changed
    private final Map<String, Set<String>> triggers = new TreeMap<>();

    /// @param lines a trigger and its parameters each
    /// @param before what the product took over
    /// @param ended gates that it did not
    private AnchoreVocabulary(String product, String lines, Map<String, Set<String>> before, Set<String> ended) {
        this.product = product;
        before.forEach((trigger, parameters) -> {
            if (!ended.contains(gateOf(trigger))) {
                triggers.put(trigger, new TreeSet<>(parameters));
            }
        });
        lines.lines().forEach(line -> {
            var words = Arrays.asList(line.split(" ", -1));
            triggers.computeIfAbsent(words.getFirst(), _ -> new TreeSet<>()).addAll(words.subList(1, words.size()));
        });
    }

    static AnchoreVocabulary of(Format format) {
        return format.equals(Format.ENGINE) ? ENGINE : ENTERPRISE;
    }

    String product() {
        return product;
    }

    boolean knowsGate(String gate) {
        return triggers.keySet().stream().anyMatch(trigger -> gateOf(trigger).equals(gate));
    }

    /// @param trigger by its name in format 2
    boolean knowsTrigger(String gate, String trigger) {
        return triggers.containsKey(gate + "/" + trigger);
    }

    /// @param trigger that it knows
    boolean knowsParameter(String gate, String trigger, String parameter) {
        return triggers.getOrDefault(gate + "/" + trigger, Set.of()).contains(parameter);
    }

    private static String gateOf(String trigger) {
        return trigger.substring(0, trigger.indexOf('/'));
    }
}
