package dev.plimsoll.inventory.search;

import com.google.re2j.Pattern;
import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import dev.plimsoll.inventory.ContentFact;
import dev.plimsoll.inventory.ContentObserver;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.analysis.ContentSearch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// Looks for regular expressions in the lines of text files, in linear time. A file with a NUL in its first 8,000 bytes
/// is no text, and is passed over. An expression sees one line at a time, without its end.
public final class SearchObserver implements ContentObserver {

    /// In bytes; a longer line is seen in parts that overlap by {@link #OVERLAP}, so that minified programs are seen
    /// too.
    static final int MAX_LINE = 64 << 10;

    /// In bytes.
    static final int OVERLAP = 4 << 10;

    /// In lines that are told of, of one search in one file.
    static final int MAX_LINES = 100;

    /// In bytes: where a NUL stands in these, the file is no text.
    private static final int LOOKED_AT = 8_000;

    private static final AnalyzerId ID = new AnalyzerId("content-search", 1);

    private final List<ContentSearch> asked;
    private final List<Search> searches;

    private record Search(String name, Pattern expression) {}

    /// @throws com.google.re2j.PatternSyntaxException for an expression that is none
    public SearchObserver(Collection<ContentSearch> searches) {
        this.asked = searches.stream().sorted().toList();
        this.searches = asked.stream()
                .map(search -> new Search(search.name(), Pattern.compile(search.expression())))
                .toList();
    }

    /// What is looked for, sorted.
    public List<ContentSearch> searches() {
        return asked;
    }

    @Override
    public AnalyzerId id() {
        return ID;
    }

    @Override
    public boolean observes(String path, int mode, long size) {
        return true;
    }

    @Override
    public Observation begin(String path, int mode, long size, FactSink facts) {
        return new Reading(facts);
    }

    private final class Reading implements Observation {

        private final FactSink facts;
        private final List<List<Integer>> lines = new ArrayList<>();
        private byte[] line = new byte[1 << 10];
        private int length;
        private int number = 1;
        private long read;
        private boolean binary;

        Reading(FactSink facts) {
            this.facts = facts;
            searches.forEach(_ -> lines.add(new ArrayList<>()));
        }

        @Override
        public void bytes(byte[] buffer, int offset, int count) {
            for (int i = offset; i < offset + count && !binary; i++, read++) {
                var letter = buffer[i];
                if (letter == 0 && read < LOOKED_AT) {
                    binary = true;
                    lines.forEach(List::clear);
                } else if (letter == '\n') {
                    search();
                    length = 0;
                    number++;
                } else {
                    add(letter);
                }
            }
        }

        private void add(byte letter) {
            if (length == MAX_LINE) {
                search();
                System.arraycopy(line, length - OVERLAP, line, 0, OVERLAP);
                length = OVERLAP;
            } else if (length == line.length) {
                line = Arrays.copyOf(line, Math.min(MAX_LINE, length * 2));
            }
            line[length++] = letter;
        }

        private void search() {
            int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
            var text = new String(line, 0, end, StandardCharsets.UTF_8);
            for (int i = 0; i < searches.size(); i++) {
                var found = lines.get(i);
                if (found.size() < MAX_LINES
                        && (found.isEmpty() || found.getLast() != number)
                        && searches.get(i).expression().matcher(text).find()) {
                    found.add(number);
                }
            }
        }

        @Override
        public void end() {
            if (!binary && length > 0) {
                search();
            }
            for (int i = 0; i < searches.size(); i++) {
                if (!lines.get(i).isEmpty()) {
                    facts.add(new Fact.Content(
                            new ContentFact.SearchMatched(searches.get(i).name(), lines.get(i))));
                }
            }
        }
    }
}
