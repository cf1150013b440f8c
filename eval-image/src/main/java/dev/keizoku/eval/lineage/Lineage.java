package dev.keizoku.eval.lineage;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.lineage.TrainedOn.State;
import dev.keizoku.eval.task.HeldOutSet;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.MadeFrom;
import dev.keizoku.storage.artifact.MadeFrom.Source;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.storage.tokens.CorpusReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Follows a model by its manifests to the corpora that it was trained on, and through the models
 * that it continues to theirs.
 */
public final class Lineage {
  private final ObjectStore store;
  private final String model;
  private final List<TrainedOn> found = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private Lineage(ObjectStore store, String model) {
    this.store = store;
    this.model = model;
  }

  /** Of the base model and then of the candidates. */
  public static List<TrainedOn> of(EvalRun run, ObjectStore store) {
    return Stream.concat(Stream.of(run.base()), run.candidates().stream())
        .flatMap(model -> of(model, store).stream())
        .toList();
  }

  private static List<TrainedOn> of(EvalRun.Model model, ObjectStore store) {
    var lineage = new Lineage(store, model.name());
    if (model.uri() == null) {
      lineage.add(model.api().settings().endpoint(), State.NOT_TOLD);
    } else {
      lineage.follow(new Source(model.uri(), model.sha256()));
    }
    return lineage.found;
  }

  private void follow(Source first) {
    // A model that continues itself would be a manifest that somebody wrote.
    for (var next = first; next != null && seen.add(next.uri()); ) {
      var made = madeFrom(next);
      if (!made.isTold()) {
        add(next.uri(), State.NOT_TOLD);
      }
      made.corpora().forEach(this::corpus);
      next = made.base();
    }
  }

  private MadeFrom madeFrom(Source of) {
    var manifest = Manifest.folder(StoreUri.parse(of.uri())).child(Manifest.FILE_NAME);
    try {
      return MadeFrom.of(Manifest.read(store, manifest, of.sha256()));
    } catch (RunFault fault) {
      return orAgain(fault, new MadeFrom(null, Map.of()));
    }
  }

  private void corpus(String name, Source of) {
    try {
      var manifest = CorpusReader.open(store, StoreUri.parse(of.uri()), of.sha256()).manifest();
      found.add(new TrainedOn(model, name, State.READ, HeldOutSet.Corpus.of(manifest)));
    } catch (RunFault fault) {
      add(name, orAgain(fault, State.GONE));
    }
  }

  /** What is not there is told; a store that is away for now is asked again by another attempt. */
  private static <T> T orAgain(RunFault fault, T otherwise) {
    if (fault.exitCode() != ExitCode.USER_ERROR) {
      throw fault;
    }
    return otherwise;
  }

  private void add(String from, State state) {
    found.add(new TrainedOn(model, from, state, null));
  }
}
