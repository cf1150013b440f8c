package dev.keizoku.corpus.build;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.corpus.report.Unread;
import java.util.ArrayList;

/** What the report shows of what could not be read: the first of each source and reason. */
final class UnreadRows {
  private UnreadRows() {}

  static Unread of(CorpusRun run, Findings findings) {
    var rejected = new ArrayList<Unread.Row>();
    for (int i = 0; i < run.sources().size(); i++) {
      var name = run.sources().get(i).name();
      var counts = findings.rejects().counts(i);
      for (var first : findings.rejects().worst(i)) {
        var word = first.reason().word();
        rejected.add(new Unread.Row(name, word, counts.get(word), first.place(), first.why()));
      }
    }
    var leftOut =
        findings.leftOut().groups().stream()
            .map(
                group ->
                    new Unread.Row(
                        run.sources().get(group.source()).name(),
                        group.extension(),
                        group.files(),
                        group.example(),
                        ""))
            .toList();
    return new Unread(rejected, leftOut);
  }
}
