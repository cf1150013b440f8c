package dev.keizoku.tokenizer;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;

/** The sentences of what can be wrong with a tokenizer's files. */
final class TokenizerFaults {
  private TokenizerFaults() {}

  static RunFault notFound(Object where) {
    return RunFault.userError(
        Reason.TOKENIZER_NOT_FOUND,
        where + " holds neither tokenizer.json nor a .tiktoken file; name the model's folder.");
  }

  static RunFault invalid(String file, String why, Exception cause) {
    return RunFault.userError(
        Reason.TOKENIZER_INVALID,
        "%s is not a tokenizer that can be used: %s.".formatted(file, why),
        cause);
  }
}
