package dev.keizoku.eval.items;

import dev.keizoku.contract.bytes.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** What was asked, as a digest: the same texts in the same roles are the same item in any task. */
public final class ItemKey {
  private static final int NAME = 40;

  private ItemKey() {}

  /**
   * The key of an item.
   *
   * @param output how it is asked: {@code output_type} of the task
   * @param context the text before
   * @param continuations what may follow; of a document its text
   */
  public static String of(String output, String context, List<String> continuations) {
    var digest = Digests.sha256();
    add(digest, output);
    add(digest, context);
    continuations.forEach(continuation -> add(digest, continuation));
    return Digests.hex(digest).substring(0, NAME);
  }

  /** With its length in front, so that no two lists of texts are the same bytes. */
  private static void add(MessageDigest digest, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }
}
