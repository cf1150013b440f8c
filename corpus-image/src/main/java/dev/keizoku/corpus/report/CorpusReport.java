package dev.keizoku.corpus.report;

import dev.keizoku.page.Numbers;
import dev.keizoku.storage.tokens.CorpusManifest;
import dev.keizoku.storage.tokens.CorpusManifest.SourceCount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The two readable files of a version.
 *
 * @param manifest what was built
 * @param examples of what was thrown away
 * @param unread what could not be read and what was left out
 * @param histograms of the kept documents
 */
public record CorpusReport(
    CorpusManifest manifest, Examples examples, Unread unread, Histograms histograms) {

  /**
   * Some of what was thrown away.
   *
   * @param dropped beginnings of documents, a few a reason
   * @param lines that went out of documents that stay, a few a source and rule
   * @param questions of benchmarks in documents, a few a benchmark
   */
  public record Examples(List<Sample> dropped, List<Taken> lines, List<Taken> questions) {}

  /**
   * A dropped document.
   *
   * @param reason why
   * @param source of which source
   * @param location where in it
   * @param why what the rule measured and its limit, or the document that it went for; may be empty
   * @param beginning its first characters
   */
  public record Sample(
      String reason, String source, String location, String why, String beginning) {}

  /**
   * A text in a document.
   *
   * @param rule why it is told: a rule, or a question
   * @param source of which source the document is
   * @param location where in it
   * @param text the text's beginning
   */
  public record Taken(String rule, String source, String location, String text) {}

  /** {@code README.md} with the metadata block of Hugging Face's dataset cards. */
  public byte[] dataCard() {
    var card = new StringBuilder();
    card.append("---\nlanguage:\n- ja\ntask_categories:\n- text-generation\n");
    card.append("configs:\n- config_name: default\n  data_files:\n");
    card.append("  - split: train\n    path: documents/train-*.parquet\n");
    card.append("  - split: validation\n    path: documents/heldout-*.parquet\n---\n\n");
    card.append("# Corpus version ").append(manifest.version(), 0, 12).append("\n\n");
    card.append("Built by ").append(manifest.tool()).append(" with the tokenizer `");
    card.append(manifest.tokenizer().sha256(), 0, 12).append("` (");
    card.append(manifest.tokenizer().vocabSize()).append(" ids).\n\n");
    card.append("| | documents | characters | tokens |\n| --- | ---: | ---: | ---: |\n");
    split(card, "training", manifest.train());
    split(card, "held out", manifest.heldOut());
    card.append("\n## Sources and licences\n\n");
    card.append("Keep the attribution that each licence asks for.\n\n");
    card.append("| source | licence | read | kept | tokens | share of the tokens | dropped |\n");
    card.append("| --- | --- | ---: | ---: | ---: | ---: | --- |\n");
    var sources = manifest.provenance().sources();
    double tokens = sources.stream().mapToLong(SourceCount::tokens).sum();
    for (var source : sources) {
      card.append(
          row(
              source.name() + " (`" + source.uri() + "`)",
              licence(source),
              Numbers.count(source.read()),
              Numbers.count(source.kept()),
              Numbers.count(source.tokens()),
              Numbers.percent(tokens == 0 ? 0 : source.tokens() / tokens, 2),
              reasons(source.dropped())));
    }
    if (!unread.leftOut().isEmpty()) {
      card.append("\nNo reader takes these files, and they are not in here: ");
      card.append(leftOut()).append(".\n");
    }
    card.append("\n## Files\n\n");
    card.append(
        "- `documents/`: id, source, url, title, date, licence and text of each document\n");
    card.append(
        "- `tokens/`, `heldout/`: token ids, Megatron `.bin` + `.idx`, int32; each document");
    card.append(" ends with `").append(manifest.tokenizer().eosToken()).append("`\n");
    card.append(
        "- `dropped/`: what is not in here, and why\n"
            + "- `rejected/`: what could not be read, and why\n"
            + "- `manifest.json`: all of it with digests\n");
    return card.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String leftOut() {
    return unread.leftOut().stream()
        .map(row -> row.source() + ": " + Numbers.count(row.count()) + " " + row.word())
        .collect(Collectors.joining(", "));
  }

  private static void split(StringBuilder card, String name, CorpusManifest.Split split) {
    card.append(
        row(
            name,
            Numbers.count(split.documents()),
            Numbers.count(split.characters()),
            Numbers.count(split.tokens())));
  }

  private static String row(String... cells) {
    return List.of(cells).stream()
        .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** {@code report.html}: one page that needs nothing else. */
  public byte[] html() {
    return new CorpusPage(this).html();
  }

  static String licence(SourceCount source) {
    return source.licence() == null ? "not stated" : source.licence();
  }

  static String reasons(Map<String, Long> dropped) {
    return dropped.entrySet().stream()
        .map(drop -> drop.getKey() + " " + Numbers.count(drop.getValue()))
        .collect(Collectors.joining(", "));
  }
}
