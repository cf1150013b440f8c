package dev.keizoku.eval.task;

import dev.keizoku.eval.data.RowFormat;
import dev.keizoku.eval.data.RowOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a task's rows are.
 *
 * @param format of the files
 * @param files of each split, URIs or paths below the task file's folder
 * @param options of the format
 * @param test the split that is asked
 * @param examples the split that examples are from where the task names none; null for the one that
 *     is asked
 */
public record TaskData(
    RowFormat format,
    Map<String, List<String>> files,
    RowOptions options,
    String test,
    String examples) {

  /** {@code dataset_path}. */
  public String path() {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
