package dev.keizoku.tokenizer;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.nio.file.Path;

/** The sentences of what can be wrong with a tokenizer's files. */
final class TokenizerFaults {
  private TokenizerFaults() {}

  static RunFault notFound(Path where) {
    return RunFault.userError(
        Reason.TOKENIZER_NOT_FOUND,
        where + " holds neither tokenizer.json nor a .tiktoken file; name the model's folder.");
  }

  static RunFault invalid(Path file, String why, Exception cause) {
    return RunFault.userError(
        Reason.TOKENIZER_INVALID,
        "%s is not a tokenizer that can be used: %s.".formatted(file.getFileName(), why),
        cause);
  }
}
