package dev.keizoku.corpus.read.file;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.reject.RejectReason;
import dev.keizoku.program.StopSignal.Stopped;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A file, entry or record that is not what it should be; the message says why, without its name.
 */
public final class UnreadableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;
  private String place;
  private long bytes;

  /**
   * @param why half a sentence, for instance {@code "it is encrypted"}
   */
  public UnreadableFileException(RejectReason reason, String why) {
    this(reason, why, null);
  }

  /** The same with what caused it. */
  public UnreadableFileException(RejectReason reason, String why, Throwable cause) {
    super(why, cause);
    this.reason = reason;
  }

  /**
   * The reject for what somebody met in the bytes of a file.
   *
   * @param met of any kind: libraries meet damage also by places in arrays that do not exist
   * @throws RuntimeException that same fault where the bytes have no part in it: a stop, a fault of
   *     the store, an unchecked one of the local disk
   */
  public static UnreadableFileException of(Throwable met, RejectReason reason, String why) {
    return switch (met) {
      case UnreadableFileException known -> known;
      case RunFault own -> throw own;
      case Stopped own -> throw own;
      case UncheckedIOException own -> throw own;
      default -> new UnreadableFileException(reason, why, met);
    };
  }

  /**
   * The same with its place, unless a narrower one is known already.
   *
   * @param packedBytes size of the file or entry there; 0 for a record
   */
  public UnreadableFileException at(String where, long packedBytes) {
    if (place == null) {
      place = where;
      bytes = packedBytes;
    }
    return this;
  }

  /** What it is counted under. */
  public RejectReason reason() {
    return reason;
  }

  /** Path below the source's URI; {@code !} leads into an archive, {@code #} to a record. */
  public String place() {
    return place;
  }

  /** Size of the file or, packed, of the archive's entry; 0 for a record. */
  public long bytes() {
    return bytes;
  }
}
