package dev.keizoku.corpus.write;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.corpus.questions.FoundQuestions;
import dev.keizoku.corpus.spool.Spool;
import dev.keizoku.storage.artifact.ArtifactFolder;
import java.io.IOException;
import java.util.List;

/** Writes which question of a benchmark stands in which document. */
public final class QuestionList {
  /** Where the list lies in a version. */
  public static final String PATH = "benchmarks/found.jsonl";

  private static final ObjectMapper JSON = new ObjectMapper();

  private QuestionList() {}

  /** One line of it. */
  private record Line(
      String benchmark,
      List<Integer> questions,
      String id,
      String source,
      String place,
      int characters,
      String excerpt) {}

  /** Writes the first 10,000 places of each benchmark. */
  public static void write(CorpusRun run, Spool spool, FoundQuestions found, ArtifactFolder folder)
      throws IOException {
    try (var upload = folder.create(PATH)) {
      for (var place : found.listed()) {
        var entry = place.entry();
        var source = run.sources().get(entry.source());
        var line =
            new Line(
                found.benchmark(place),
                place.hit().items(),
                entry.id().toString(),
                source.name(),
                spool.get(entry).place(source.uri()),
                place.hit().characters(),
                place.excerpt());
        upload.write(JSON.writeValueAsBytes(line));
        upload.write('\n');
      }
      folder.add(PATH, upload.commit());
    }
  }
}
