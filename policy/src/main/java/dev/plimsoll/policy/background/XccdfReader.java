package dev.plimsoll.policy.background;

import dev.plimsoll.inventory.xml.XmlInput;
import dev.plimsoll.policy.background.StigEvaluation.Severity;
import dev.plimsoll.policy.background.StigEvaluation.Status;
import dev.plimsoll.policy.background.StigEvaluation.StigControl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads test results of XCCDF 1.1 and 1.2, wherever they stand: alone, in a benchmark, in an asset report (ARF) or a
/// data stream. Document types and entities are not read.
///
/// Source: XCCDF 1.2 (NISTIR 7275 revision 4), 6.4.4 `Rule`, 6.6 `TestResult`; ARF 1.1 (NISTIR 7694).
final class XccdfReader {

    /// In elements in elements.
    static final int MAX_DEPTH = 80;

    /// In identifiers of all results of rules together.
    static final int MAX_IDENTIFIERS = 1_000_000;

    private static final String NAMESPACE = "http://checklists.nist.gov/xccdf/";

    /// Elements whose text is read, by the one that they stand in.
    private static final Map<String, Set<String>> TEXTS = Map.of(
            "Rule", Set.of("title", "version"),
            "TestResult", Set.of("target"),
            "rule-result", Set.of("result", "ident"));

    private final XMLStreamReader xml;
    private final Deque<String> open = new ArrayDeque<>();
    private final Map<String, RuleFacts> rules = new HashMap<>();
    private final List<ResultDraft> results = new ArrayList<>();
    private final Deque<String> openGroups = new ArrayDeque<>();
    private Optional<RuleFacts> rule = Optional.empty();
    private Optional<ResultDraft> testResult = Optional.empty();
    private Optional<RuleResultDraft> ruleResult = Optional.empty();
    private StringBuilder text = new StringBuilder();
    private int controls;
    private int identifiers;

    private XccdfReader(XMLStreamReader xml) {
        this.xml = xml;
    }

    /// What a benchmark says of a rule.
    private static final class RuleFacts {
        private final String id;
        private final String group;
        private final String severity;
        private String title = "";
        private String version = "";

        RuleFacts(String id, String group, String severity) {
            this.id = id;
            this.group = group;
            this.severity = severity;
        }
    }

    private static final class ResultDraft {
        private final String ended;
        private String profile = "";
        private String benchmark = "";
        private String target = "";
        private final List<RuleResultDraft> ruleResults = new ArrayList<>();

        ResultDraft(String ended) {
            this.ended = ended;
        }
    }

    private static final class RuleResultDraft {
        private final String rule;
        private final String severity;
        private String result = "";
        private final List<String> idents = new ArrayList<>();

        RuleResultDraft(String rule, String severity) {
            this.rule = rule;
            this.severity = severity;
        }
    }

    static List<StigEvaluation> read(byte[] document) throws IOException {
        try {
            return new XccdfReader(XmlInput.open(new ByteArrayInputStream(document))).evaluations();
        } catch (XMLStreamException e) {
            throw new IOException(XmlInput.reason(e), e);
        } catch (RuntimeException e) {
            // the parser of the JDK throws some for input that it does not expect
            throw new IOException("it is no XML that can be read: " + e, e);
        }
    }

    private List<StigEvaluation> evaluations() throws XMLStreamException, IOException {
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD ->
                    throw new IOException("it has a document type (DTD), and those are not read");
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new IOException("it refers to an entity, and those are not read");
                case XMLStreamConstants.START_ELEMENT -> start(name());
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> characters();
                default -> {
                    // comments, processing instructions
                }
            }
        }
        var evaluations = new ArrayList<StigEvaluation>();
        for (var result : results) {
            evaluations.add(evaluation(result));
        }
        return evaluations;
    }

    /// Elements of other namespaces have no name here.
    private String name() {
        var namespace = xml.getNamespaceURI();
        return namespace != null && namespace.startsWith(NAMESPACE) ? xml.getLocalName() : "";
    }

    private void start(String name) throws IOException {
        if (open.size() == MAX_DEPTH) {
            throw new IOException("over " + MAX_DEPTH + " elements in elements at " + place());
        }
        var parent = open.isEmpty() ? "" : open.getLast();
        switch (name) {
            case "Group" -> openGroups.addLast(attribute("id"));
            case "Rule" -> {
                count();
                rule = Optional.of(new RuleFacts(
                        attribute("id"), openGroups.isEmpty() ? "" : openGroups.getLast(), attribute("severity")));
            }
            case "TestResult" -> {
                var ended = attribute("end-time");
                testResult = Optional.of(new ResultDraft(ended.isEmpty() ? attribute("start-time") : ended));
            }
            case "profile" -> testResult.ifPresent(draft -> draft.profile = attribute("idref"));
            case "benchmark" ->
                testResult.ifPresent(
                        draft -> draft.benchmark = attribute("id").isEmpty() ? attribute("href") : attribute("id"));
            case "rule-result" -> {
                if (parent.equals("TestResult")) {
                    count();
                    ruleResult = Optional.of(new RuleResultDraft(attribute("idref"), attribute("severity")));
                }
            }
            default -> {
                // nothing to note
            }
        }
        if (TEXTS.getOrDefault(parent, Set.of()).contains(name)) {
            text = new StringBuilder();
        }
        open.addLast(name);
    }

    private void count() throws IOException {
        if (++controls > StigReader.MAX_CONTROLS) {
            throw new IOException("over " + StigReader.MAX_CONTROLS + " rules and results of rules at " + place());
        }
    }

    private void characters() {
        if (text.length() <= StigControls.MAX_TEXT) {
            text.append(xml.getText(), 0, Math.min(xml.getTextLength(), StigControls.MAX_TEXT + 1));
        }
    }

    private void end() throws IOException {
        var name = open.removeLast();
        var parent = open.isEmpty() ? "" : open.getLast();
        if (TEXTS.getOrDefault(parent, Set.of()).contains(name)) {
            take(parent, name, StigControls.shortened(text.toString()));
        }
        switch (name) {
            case "Group" -> openGroups.removeLast();
            case "Rule" -> {
                rule.ifPresent(found -> rules.putIfAbsent(found.id, found));
                rule = Optional.empty();
            }
            case "rule-result" -> {
                ruleResult.ifPresent(found -> testResult.ifPresent(draft -> draft.ruleResults.add(found)));
                ruleResult = Optional.empty();
            }
            case "TestResult" -> {
                testResult.ifPresent(results::add);
                testResult = Optional.empty();
            }
            default -> {
                // nothing to note
            }
        }
    }

    private void take(String parent, String name, String found) throws IOException {
        switch (parent + " " + name) {
            case "Rule title" -> rule.ifPresent(draft -> draft.title = found);
            case "Rule version" -> rule.ifPresent(draft -> draft.version = found);
            case "TestResult target" -> testResult.ifPresent(draft -> draft.target = found);
            case "rule-result result" -> ruleResult.ifPresent(draft -> draft.result = found);
            case "rule-result ident" -> {
                if (++identifiers > MAX_IDENTIFIERS) {
                    throw new IOException("over " + MAX_IDENTIFIERS + " identifiers of rules at " + place());
                }
                ruleResult.ifPresent(draft -> draft.idents.add(found));
            }
            default -> {
                // no other text is asked for
            }
        }
    }

    private StigEvaluation evaluation(ResultDraft draft) throws IOException {
        var controls = new StigControls();
        for (var result : draft.ruleResults) {
            var status = status(result);
            if (status.isPresent()) {
                controls.add(control(result, status.get()));
            }
        }
        var profile = draft.profile.isEmpty() ? draft.benchmark : draft.profile;
        return new StigEvaluation(
                "XCCDF",
                profile.isEmpty() ? "unnamed" : StigControls.shortened(profile),
                StigInstant.parse(draft.ended),
                draft.target,
                controls.list());
    }

    private StigControl control(RuleResultDraft result, Status status) {
        var facts = Optional.ofNullable(rules.get(result.rule));
        var ids = new HashSet<>(result.idents);
        facts.ifPresent(found -> ids.addAll(List.of(found.version, found.group)));
        shortForm(result.rule).ifPresent(ids::add);
        facts.flatMap(found -> shortForm(found.group)).ifPresent(ids::add);
        return new StigControl(
                StigControls.shortened(result.rule),
                List.copyOf(ids),
                facts.map(found -> found.title).orElse(""),
                severity(result.severity).or(() -> facts.flatMap(found -> severity(found.severity))),
                status);
    }

    private static Optional<Severity> severity(String word) {
        return StigControls.severity(word);
    }

    /// What people write: `SV-260469r958388_rule` of `xccdf_mil.disa.stig_rule_SV-260469r958388_rule`, `V-260469` of
    /// the group.
    private static Optional<String> shortForm(String id) {
        for (var marker : List.of("_rule_", "_group_")) {
            int at = id.indexOf(marker);
            if (id.startsWith("xccdf_") && at > 0) {
                return Optional.of(id.substring(at + marker.length()));
            }
        }
        return Optional.empty();
    }

    /// Empty for a rule that the profile does not select.
    private static Optional<Status> status(RuleResultDraft result) throws IOException {
        return switch (result.result) {
            case "pass", "fixed" -> Optional.of(Status.PASSED);
            case "fail" -> Optional.of(Status.FAILED);
            case "error", "unknown" -> Optional.of(Status.ERROR);
            case "notapplicable", "informational" -> Optional.of(Status.NOT_APPLICABLE);
            case "notchecked" -> Optional.of(Status.NOT_REVIEWED);
            case "notselected" -> Optional.empty();
            default ->
                throw new IOException(
                        "the result of the rule " + StigControls.shortened(result.rule) + " is none of XCCDF's words");
        };
    }

    private String attribute(String name) {
        return Optional.ofNullable(xml.getAttributeValue(null, name)).orElse("").strip();
    }

    private String place() {
        var location = xml.getLocation();
        return "line " + location.getLineNumber() + ", column " + location.getColumnNumber();
    }
}
