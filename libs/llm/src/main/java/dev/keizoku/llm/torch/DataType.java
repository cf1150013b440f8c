package dev.keizoku.llm.torch;

/** Element types, with the codes of {@code c10::ScalarType}. */
public enum DataType {
  /** IEEE single precision. */
  FLOAT32(6, 4),
  /** Brain float: the upper half of a single. */
  BFLOAT16(15, 2),
  /** IEEE half precision; only read, never computed with. */
  FLOAT16(5, 2),
  /** Rows of a batch, where attention wants them. */
  INT32(3, 4),
  /** Token ids and positions. */
  INT64(4, 8);

  private final int code;
  private final int bytes;

  DataType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The number that ATen knows this type by. */
  public int code() {
    return code;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }
}
