package dev.keizoku.corpus.reject;

/**
 * Why a file, an entry of an archive or a record could not be read. Its {@link #word} is what
 * manifest, report and status count; a few words, so that counts stay small.
 */
public enum RejectReason {
  /** Its bytes are not text of its encoding, or of any that is known. */
  WRONG_ENCODING("wrongEncoding"),
  /** It is not what its name or the source's format says. */
  WRONG_FORMAT("wrongFormat"),
  /** A record is no JSON object with the text field. */
  INVALID_RECORD("invalidRecord"),
  /** A packed file breaks off or does not unpack. */
  DAMAGED("damaged"),
  /** It needs a password. */
  ENCRYPTED("encrypted"),
  /** It holds no text, for instance a scan. */
  NO_TEXT("noText"),
  /** It is larger than what is read at once. */
  TOO_LARGE("tooLarge"),
  /** An archive within an archive. */
  NESTED_ARCHIVE("nestedArchive"),
  /** An entry leads out of its archive, or the archive unpacks without end. */
  UNSAFE_ARCHIVE("unsafeArchive"),
  /** It is gone or may not be read: a URL of a list, an object that was deleted meanwhile. */
  NOT_FETCHED("notFetched"),
  /** Its reader met what it was not made for. */
  READER_FAILED("readerFailed");

  private final String word;

  RejectReason(String word) {
    this.word = word;
  }

  /** The word in camel case. */
  public String word() {
    return word;
  }
}
