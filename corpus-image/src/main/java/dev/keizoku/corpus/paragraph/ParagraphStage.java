package dev.keizoku.corpus.paragraph;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.Rules;
import dev.keizoku.corpus.dedup.TextKey;
import dev.keizoku.corpus.filter.FilterChain;
import dev.keizoku.corpus.filter.Rule;
import dev.keizoku.corpus.filter.TextTraits;
import dev.keizoku.corpus.paragraph.Paragraphs.Paragraph;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.DroppedDocument;
import dev.keizoku.corpus.spool.SpoolFolder;
import dev.keizoku.corpus.timing.Stage;
import dev.keizoku.corpus.tokenize.OrderedTasks;
import dev.keizoku.corpus.tokenize.Workers;
import dev.keizoku.program.RunContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Takes paragraphs out of documents that other documents have too, where the rules of a source say
 * so. A document that does not meet its rules without them goes.
 */
public final class ParagraphStage {
  /** Why a document goes of which too little is its own. */
  public static final String REASON = "copiedParagraphs";

  private static final String RULE = "copied";

  /** The attribute that says how many paragraphs were taken out of a document. */
  public static final String ATTRIBUTE = Paragraphs.REMOVED + RULE;

  /** Documents of a source of which it is told what they lost. */
  private static final int TOLD = 5;

  private final List<Rules> rules;
  private final SpoolFolder files;
  private final RunContext context;
  private final Workers workers;

  public ParagraphStage(CorpusRun run, SpoolFolder files, RunContext context, Workers workers) {
    this.rules = run.sources().stream().map(source -> source.rules(run.filters())).toList();
    this.files = files;
    this.context = context;
    this.workers = workers;
  }

  /**
   * Takes them out.
   *
   * @param ranked documents, those that keep their paragraphs in front
   * @param scratch of a file that is not there yet
   * @param dropped gets those that go
   * @param taken gets the first paragraph of each of the first documents that lost any
   * @return those that stay
   */
  public List<DocumentEntry> run(
      List<DocumentEntry> ranked,
      Path scratch,
      List<DroppedDocument> dropped,
      List<TakenLine> taken)
      throws Exception {
    if (rules.stream().allMatch(rule -> rule.maxParagraphDocuments() == null)) {
      return ranked;
    }
    return workers.clock().phase(Stage.PARAGRAPHS, () -> without(ranked, scratch, dropped, taken));
  }

  private List<DocumentEntry> without(
      List<DocumentEntry> ranked,
      Path scratch,
      List<DroppedDocument> dropped,
      List<TakenLine> taken)
      throws Exception {
    try (var file = new ParagraphFile(scratch)) {
      read(ranked, file);
      return without(
          ranked, new CopiedParagraphs(file, rank -> limit(ranked, rank)).find(), dropped, taken);
    }
  }

  private int limit(List<DocumentEntry> ranked, int rank) {
    return rules.get(ranked.get(rank).source()).maxParagraphDocuments();
  }

  private void read(List<DocumentEntry> ranked, ParagraphFile file) throws Exception {
    var asked =
        IntStream.range(0, ranked.size())
            .filter(rank -> rules.get(ranked.get(rank).source()).maxParagraphDocuments() != null)
            .toArray();
    context.progress().begin("paragraphs", "documents", 0, (long) asked.length);
    var work =
        IntStream.of(asked)
            .<Callable<List<Paragraph>>>mapToObj(rank -> () -> paragraphs(ranked.get(rank)))
            .iterator();
    var done = new int[1];
    new OrderedTasks<List<Paragraph>>(workers.executor(), workers.tasksAhead())
        .run(
            work,
            paragraphs -> {
              context.stop().check();
              file.add(asked[done[0]++], paragraphs);
              context.progress().step(done[0]);
            });
  }

  private List<Paragraph> paragraphs(DocumentEntry entry) throws IOException {
    var text = files.documents().get(entry).text();
    workers.clock().count(Stage.PARAGRAPHS, text);
    return Paragraphs.of(text);
  }

  private List<DocumentEntry> without(
      List<DocumentEntry> ranked,
      long[] copies,
      List<DroppedDocument> dropped,
      List<TakenLine> taken)
      throws Exception {
    var work = new ArrayList<Callable<Left>>();
    for (int from = 0; from < copies.length; ) {
      int rank = (int) (copies[from] >>> 32);
      int to = from;
      while (to < copies.length && copies[to] >>> 32 == rank) {
        to++;
      }
      var lines = IntStream.range(from, to).map(i -> (int) copies[i]).toArray();
      work.add(() -> without(rank, ranked.get(rank), lines));
      from = to;
    }
    var kept = new ArrayList<>(ranked);
    var told = new int[rules.size()];
    new OrderedTasks<Left>(workers.executor(), workers.tasksAhead())
        .run(
            work.iterator(),
            left -> {
              context.stop().check();
              kept.set(left.rank, left.stays ? left.entry : null);
              if (!left.stays) {
                dropped.add(new DroppedDocument(left.entry, REASON, null));
              } else if (told[left.entry.source()]++ < TOLD) {
                taken.add(new TakenLine(RULE, left.entry, left.first));
              }
            });
    context.progress().metric("paragraphsDropped", copies.length);
    kept.removeIf(entry -> entry == null);
    return kept;
  }

  /**
   * What is left of a document.
   *
   * @param first of the paragraphs that went
   */
  private record Left(int rank, DocumentEntry entry, boolean stays, String first) {}

  private Left without(int rank, DocumentEntry entry, int[] lines) throws IOException {
    var document = files.documents().get(entry);
    var text = Paragraphs.without(document.text(), lines);
    var traits = TextTraits.of(text);
    boolean stays =
        !text.isEmpty() && FilterChain.of(rules.get(entry.source())).drops(traits).isEmpty();
    // Of one that goes its text as it was tells more.
    var measured = measured(document, traits, lines.length);
    var place = files.documents().add(stays ? measured.with(text) : measured);
    var left = entry.at(place, stays ? traits.characters() : entry.characters());
    var first = document.text().lines().skip(lines[0]).findFirst().orElse("");
    return new Left(rank, stays && entry.print() >= 0 ? printed(left, text) : left, stays, first);
  }

  /** Later versions compare theirs with what was kept, so what is like that is to be found. */
  private DocumentEntry printed(DocumentEntry entry, String text) throws IOException {
    return entry.printed(files.prints().add(entry.order(), TextKey.of(text, true).print()));
  }

  private static Document measured(Document document, TextTraits traits, int copies) {
    var attributes = new TreeMap<>(document.attributes());
    var boilerplate = FilterChain.MEASURE + Rule.BOILERPLATE.reason();
    attributes
        .keySet()
        .removeIf(name -> name.startsWith(FilterChain.MEASURE) && !name.equals(boilerplate));
    attributes.putAll(FilterChain.measures(traits));
    attributes.put(ATTRIBUTE, Integer.toString(copies));
    return document.withAttributes(attributes);
  }
}
