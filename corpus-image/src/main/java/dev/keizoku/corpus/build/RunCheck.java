package dev.keizoku.corpus.build;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.util.HashSet;

/** What a cluster checks when the resource is applied, for runs that were started by hand. */
final class RunCheck {
  private RunCheck() {}

  static void check(CorpusRun run) {
    require(run.output() != null && !run.output().isBlank(), "output must be a URI");
    require(run.sources() != null && !run.sources().isEmpty(), "sources must not be empty");
    var names = new HashSet<String>();
    for (var source : run.sources()) {
      require(source.name() != null && !source.name().isBlank(), "sources[].name must be set");
      require(names.add(source.name()), "sources[].name '" + source.name() + "' is there twice");
      require(source.uri() != null && !source.uri().isBlank(), "sources[].uri must be set");
    }
    check(run.filters());
    var heldOut = run.heldOut();
    require(
        heldOut == null || heldOut.fraction() >= 0 && heldOut.fraction() <= 0.5,
        "heldOut.fraction must be 0 to 0.5");
  }

  private static void check(CorpusRun.Filters filters) {
    if (filters == null) {
      return;
    }
    var min = filters.minCharacters();
    var max = filters.maxCharacters();
    require(
        min == null || max == null || min <= max,
        "filters.minCharacters must not be above filters.maxCharacters");
    var ratio = filters.minJapaneseRatio();
    require(ratio == null || ratio >= 0 && ratio <= 1, "filters.minJapaneseRatio must be 0 to 1");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw RunFault.userError(Reason.RUN_FILE_INVALID, "The run file is wrong: " + what + ".");
    }
  }
}
