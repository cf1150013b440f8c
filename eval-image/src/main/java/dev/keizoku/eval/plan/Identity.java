package dev.keizoku.eval.plan;

import ai.djl.Device;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.eval.items.ModelKey;
import dev.keizoku.eval.score.ModelDigest;
import dev.keizoku.eval.score.Placement;
import dev.keizoku.eval.score.ScoredModel;
import dev.keizoku.llm.torch.library.Platform;
import dev.keizoku.storage.ObjectStore;

/** How it is told what a score depends on. */
enum Identity {
  /** For a run: what only the weights tell is not known before they are read. */
  CERTAIN {
    @Override
    ScoredModel of(ObjectStore store, EvalRun.Model model) {
      return ModelDigest.known(store, model).orElse(null);
    }

    @Override
    String platform(Device device) {
      return Platform.name(device);
    }
  },
  /** For a plan, which reads no weights: a model that they alone tell is one of its own. */
  AT_A_GLANCE {
    @Override
    ScoredModel of(ObjectStore store, EvalRun.Model model) {
      return ModelDigest.known(store, model)
          .orElseGet(() -> new ScoredModel(model.name(), model.uri(), "unread " + model.uri()));
    }

    @Override
    String platform(Device device) {
      return device.isGpu() ? "a GPU elsewhere" : Platform.name(device);
    }
  };

  abstract ScoredModel of(ObjectStore store, EvalRun.Model model);

  abstract String platform(Device device);

  /** Null for a model of which nothing is known yet. */
  ModelKey key(ScoredModel model, Placement placement) {
    return model == null
        ? null
        : ModelKey.of(
            model.sha256(),
            placement.type().name(),
            placement.addBosToken(),
            platform(placement.devices().getFirst()));
  }
}
