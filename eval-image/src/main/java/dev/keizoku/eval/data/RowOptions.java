package dev.keizoku.eval.data;

import java.util.List;

/**
 * What {@code dataset_kwargs} say of a file.
 *
 * @param field where the array lies in a JSON object; null for the whole file
 * @param columnNames names of a CSV file's columns, which then has no line of names; null takes
 *     them from the first line
 */
public record RowOptions(String field, List<String> columnNames) {
  /** Nothing said. */
  public static final RowOptions NONE = new RowOptions(null, null);
}
