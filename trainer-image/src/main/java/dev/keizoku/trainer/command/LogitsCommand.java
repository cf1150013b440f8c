package dev.keizoku.trainer.command;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.generate.LoadedModel;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.ModelFolder;
import dev.keizoku.llm.weights.ModelTokenizer;
import dev.keizoku.program.store.StoreOptions;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code trainer logits MODEL_URI}: the logits after each token of a sequence, computed in fp32.
 */
@Command(
    name = "logits",
    mixinStandardHelpOptions = true,
    description =
        "Writes a model's logits after each token, in fp32 on the CPU, as JSON:"
            + " {\"model\", \"text\", \"ids\", \"logits\": [tokens][vocabulary]}.")
public final class LogitsCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL_URI",
      description = "A folder in Hugging Face layout: file://, s3:// or hf://owner/name@revision.")
  String uri;

  @ArgGroup(multiplicity = "1")
  Sequence sequence;

  @Option(names = "--out", description = "A local file. Default: standard output.")
  Path out;

  @Mixin private StoreOptions storage;

  @Spec CommandSpec spec;

  private final Map<String, String> environment;

  /** What the model is given. */
  static final class Sequence {
    @Option(names = "--ids", split = ",", description = "Token ids, for instance 1,5,9.")
    int[] ids;

    @Option(names = "--text", description = "A text, for the model's own tokenizer.")
    String text;
  }

  /**
   * @param environment has the keys of an object store
   */
  public LogitsCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    try (var store = storage.open(environment)) {
      var json =
          new ObjectMapper()
              .writeValueAsString(answer(ModelFolder.open(store, StoreUri.parse(uri), null)));
      if (out == null) {
        spec.commandLine().getOut().println(json);
      } else {
        Files.writeString(out, json + "\n", StandardCharsets.UTF_8);
      }
      return ExitCode.DONE.code();
    }
  }

  private LinkedHashMap<String, Object> answer(ModelFolder folder) {
    var ids = sequence.ids == null ? encode(folder) : sequence.ids;
    check(ids, folder.config());
    var answer = new LinkedHashMap<String, Object>();
    answer.put("model", uri);
    answer.put("text", sequence.text);
    answer.put("ids", ids);
    try (var model = LoadedModel.load(folder.config(), folder, Device.cpu(), DataType.FLOAT32)) {
      answer.put("logits", rows(model.logits(new int[][] {ids})[0], ids.length));
    }
    return answer;
  }

  private int[] encode(ModelFolder folder) {
    try (var tokenizer = ModelTokenizer.load(folder)) {
      return tokenizer.encode(sequence.text);
    }
  }

  private static void check(int[] ids, ModelConfig config) {
    if (ids.length < 1 || ids.length > config.maxPositions()) {
      throw RunFault.userError(
          Reason.SEQUENCE_LENGTH,
          "There are %d tokens; give 1 to %d.".formatted(ids.length, config.maxPositions()));
    }
    for (var id : ids) {
      if (id < 0 || id >= config.vocabularySize()) {
        throw RunFault.userError(
            Reason.TOKEN_ID,
            "The token id %d is not in the vocabulary; give ids of 0 to %d."
                .formatted(id, config.vocabularySize() - 1));
      }
    }
  }

  private static float[][] rows(float[] logits, int tokens) {
    var width = logits.length / tokens;
    var rows = new float[tokens][];
    for (var i = 0; i < tokens; i++) {
      rows[i] = Arrays.copyOfRange(logits, i * width, (i + 1) * width);
    }
    return rows;
  }
}
