package dev.keizoku.llm.model;

import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.Tensor;

/** Token ids to the first residual stream. */
public final class TokenEmbedding {
  private static final String WEIGHT = "embed_tokens.weight";

  TokenEmbedding() {}

  /**
   * Looks tokens up.
   *
   * @param ids [T] int64
   * @return [T, D] fp32
   */
  public Tensor forward(Tensor ids, UnitTensors weights) {
    var table = weights.get(WEIGHT);
    try (var scope = ids.memory().scope()) {
      var rows = ids.memory().empty(table.type(), ids.dim(0), table.dim(1));
      AtenCalls.indexSelect(rows, table, ids);
      return scope.keep(rows.as(DataType.FLOAT32));
    }
  }

  /**
   * Adds the gradient [T, D] fp32 of the output to the rows of the tokens. They are to be fp32: in
   * bf16 a token that comes often would lose what the later ones add.
   */
  public void backward(Tensor gradOutput, Tensor ids, UnitTensors gradients) {
    try (var scope = ids.memory().scope()) {
      var table = gradients.sum(WEIGHT);
      AtenCalls.indexAddInPlace(table, ids, gradOutput.as(table.type()));
    }
  }
}
