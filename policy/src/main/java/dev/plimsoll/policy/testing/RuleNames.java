package dev.plimsoll.policy.testing;

/// How tests name rules.
final class RuleNames {

    private RuleNames() {}

    /// Whether a name means a rule.
    ///
    /// @param name `rule`, or `rule-set/rule`
    /// @param ruleSetId with the bundle's id and a slash before it where several bundles judge
    static boolean means(String name, String ruleSetId, String ruleId) {
        return name.equals(ruleId)
                || name.equals(ruleSetId + "/" + ruleId)
                || name.equals(ruleSetId.substring(ruleSetId.lastIndexOf('/') + 1) + "/" + ruleId);
    }
}
