package dev.keizoku.corpus.build;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.Decontamination;
import dev.keizoku.contract.corpus.Deduplication;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.storage.tokens.CorpusManifest.Input;
import dev.keizoku.tokenizer.TextStart;
import java.util.List;

/**
 * The name of a version: the digest of everything that its bytes follow from, known before the work
 * begins.
 *
 * @param spec the run's spec without names and places of output
 * @param inputs every file, with its digest
 * @param digest 64 hex characters
 */
record CorpusVersion(JsonNode spec, List<Input> inputs, String digest) {

  /** Changes whenever the same inputs and spec would give other bytes. */
  private static final int RECIPE = 8;

  /** What wrote the version, as the manifest says it. */
  static final String TOOL = "keizoku-corpus recipe " + RECIPE;

  static CorpusVersion of(
      CorpusRun run,
      List<InputFile> files,
      String tokenizerSha256,
      TextStart start,
      List<String> benchmarks) {
    var inputs =
        files.stream()
            .map(
                file ->
                    new Input(
                        run.sources().get(file.source()).name(),
                        file.path(),
                        file.bytes(),
                        file.sha256()))
            .toList();
    var spec =
        Json.tree(
            new Spec(
                run.sources(),
                run.filters(),
                run.deduplication(),
                benchmarks.isEmpty() ? null : run.decontaminate(),
                run.tokenizer(),
                run.heldOut(),
                run.randomness().seed()));
    var identity = new Identity(TOOL, spec, inputs, tokenizerSha256, start.named(), benchmarks);
    return new CorpusVersion(spec, inputs, Digests.sha256(Json.bytes(identity)));
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Spec(
      List<CorpusRun.Source> sources,
      CorpusRun.Filters filters,
      Deduplication deduplication,
      Decontamination decontaminate,
      String tokenizer,
      CorpusRun.HeldOut heldOut,
      long seed) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Identity(
      String tool,
      JsonNode spec,
      List<Input> inputs,
      String tokenizerSha256,
      Integer bosId,
      List<String> benchmarks) {}
}
