package dev.keizoku.eval.remote;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.eval.score.EvaluatedModel;
import dev.keizoku.eval.score.Placement;
import dev.keizoku.llm.generate.Chunk;
import dev.keizoku.llm.generate.Decoder;
import dev.keizoku.llm.generate.LogProbabilities;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.SharedTokenizer;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A model that answers requests for completions as servers do that echo with logprobs. */
final class ServedModel implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EvaluatedModel model;

  ServedModel(Path folder) {
    model =
        EvaluatedModel.load(
            StoreRouter.open(null, null),
            new EvalRun.Model("served", StoreUri.of(folder).toString(), null),
            new Placement(List.of(Device.cpu()), DataType.FLOAT32, 1, null),
            new SharedTokenizer());
  }

  /** The body of an answer: the prompt's tokens and one more. */
  String complete(JsonNode body) {
    return complete(body, token -> token);
  }

  /**
   * The same of a server whose tokens are others.
   *
   * @param names what becomes of a token's text
   */
  synchronized String complete(JsonNode body, UnaryOperator<String> names) {
    int[] ids = JSON.convertValue(body.get("prompt"), int[].class);
    var told = model.decoders().run(List.of(read(ids))).getFirst();
    var answer = JSON.createObjectNode();
    var logprobs = answer.putArray("choices").addObject().put("index", 0).putObject("logprobs");
    var tokens = logprobs.putArray("tokens");
    var values = logprobs.putArray("token_logprobs");
    var tops = logprobs.putArray("top_logprobs");
    for (int i = 0; i <= ids.length; i++) {
      int token = i < ids.length ? ids[i] : told.likeliest(i - 1);
      tokens.add(names.apply(model.tokenizer().decode(token)));
      if (i == 0) {
        values.addNull();
        tops.addNull();
      } else {
        values.add(told.of(i - 1, token));
        int best = told.likeliest(i - 1);
        tops.addObject().put(model.tokenizer().decode(best), told.of(i - 1, best));
      }
    }
    return answer.toString();
  }

  private static Function<Decoder, LogProbabilities> read(int[] ids) {
    return decoder ->
        decoder.feed(
            List.of(
                new Chunk(
                    decoder.cache(ids.length), ids, IntStream.range(0, ids.length).toArray())));
  }

  @Override
  public void close() {
    model.close();
  }
}
