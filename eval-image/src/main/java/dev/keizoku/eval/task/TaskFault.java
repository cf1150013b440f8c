package dev.keizoku.eval.task;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.template.TemplateFault;

/** What is wrong with a task's file or its data, in sentences. */
public final class TaskFault {
  private TaskFault() {}

  /** The file itself cannot be used. */
  public static RunFault file(String place, String problem) {
    return RunFault.userError(
        Reason.TASK_FILE_INVALID, "Task file %s cannot be used: %s.".formatted(place, problem));
  }

  /** Its data cannot be used. */
  public static RunFault data(String place, String problem) {
    return RunFault.userError(
        Reason.TASK_DATA_INVALID,
        "The data of task file %s cannot be used: %s.".formatted(place, problem));
  }

  /**
   * A row cannot be asked.
   *
   * @param index of the row, from 0
   */
  public static RunFault row(TaskFile task, int index, String problem) {
    return data(task.place(), "row %d %s".formatted(index, problem));
  }

  /** A template cannot be rendered for a row. */
  static RunFault template(String place, String field, String text, TemplateFault fault, int row) {
    var line = text.lines().skip(fault.line() - 1L).findFirst().orElse("");
    return RunFault.userError(
        Reason.TEMPLATE_INVALID,
        "Task file %s, %s, line %d, \"%s\": %s%s; mend the template or the data."
            .formatted(
                place,
                field,
                fault.line(),
                line,
                fault.getMessage(),
                row < 0 ? "" : " (row %d)".formatted(row)),
        fault);
  }
}
