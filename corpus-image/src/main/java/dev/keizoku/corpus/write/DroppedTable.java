package dev.keizoku.corpus.write;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.corpus.filter.FilterChain;
import dev.keizoku.corpus.filter.Rule;
import dev.keizoku.corpus.report.CorpusReport.Sample;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.DroppedDocument;
import dev.keizoku.corpus.spool.Spool;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.parquet.ParquetColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes which documents were dropped and why, and takes a few of each reason for the report. */
public final class DroppedTable {
  private static final List<ParquetColumn> COLUMNS =
      List.of(
          ParquetColumn.string("id"),
          ParquetColumn.string("source"),
          ParquetColumn.string("place"),
          ParquetColumn.string("reason"),
          ParquetColumn.int64("characters"),
          ParquetColumn.string("duplicate_of"),
          ParquetColumn.string("attributes"));

  private static final int SAMPLES_PER_REASON = 5;
  private static final int SHOWN_OF_ID = 12;

  private final CorpusRun run;
  private final Spool spool;
  private final ArtifactFolder folder;

  public DroppedTable(CorpusRun run, Spool spool, ArtifactFolder folder) {
    this.run = run;
    this.spool = spool;
    this.folder = folder;
  }

  /** Writes all of them; the answer has at most five a reason. */
  public List<Sample> write(List<DroppedDocument> dropped) throws IOException {
    var samples = new ArrayList<Sample>();
    var sampled = new HashMap<String, Integer>();
    try (var table = new TableWriter(folder, "dropped/documents", COLUMNS)) {
      for (var document : sorted(dropped)) {
        var entry = document.entry();
        var source = run.sources().get(entry.source());
        var text = spool.get(entry);
        boolean isRemoved = document.reason().equals(DroppedDocument.REMOVED);
        table.add(
            entry.id().toString(),
            source.name(),
            text.place(source.uri()),
            document.reason(),
            (long) entry.characters(),
            document.original() == null ? "" : document.original().toString(),
            isRemoved ? "{}" : Json.tree(text.attributes()).toString());
        if (!isRemoved && sampled.merge(document.reason(), 1, Integer::sum) <= SAMPLES_PER_REASON) {
          samples.add(
              new Sample(
                  document.reason(),
                  source.name(),
                  text.location(),
                  why(document, text.attributes()),
                  DroppedDocument.beginning(text.text())));
        }
      }
      table.commit();
    }
    return samples;
  }

  /** What the rule measured and its limit, or the document that this one went for. */
  private String why(DroppedDocument document, Map<String, String> attributes) {
    if (document.original() != null) {
      return "for " + document.original().toString().substring(0, SHOWN_OF_ID);
    }
    var source = run.sources().get(document.entry().source());
    return FilterChain.of(source.rules(run.filters())).asked().stream()
        .filter(asked -> asked.rule().reason().equals(document.reason()))
        .map(
            asked ->
                "%s, %s %s"
                    .formatted(
                        measured(asked.rule(), document, attributes),
                        asked.rule().bound(),
                        FilterChain.written(asked.limit())))
        .findFirst()
        .orElse("");
  }

  private static String measured(
      Rule rule, DroppedDocument document, Map<String, String> attributes) {
    return rule == Rule.SHORT || rule == Rule.LONG
        ? Integer.toString(document.entry().characters())
        : attributes.getOrDefault(FilterChain.MEASURE + rule.reason(), "");
  }

  private static List<DroppedDocument> sorted(List<DroppedDocument> dropped) {
    return dropped.stream()
        .sorted(Comparator.comparing(DroppedDocument::entry, DocumentEntry.BY_ID))
        .toList();
  }
}
