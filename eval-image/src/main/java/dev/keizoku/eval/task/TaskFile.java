package dev.keizoku.eval.task;

import dev.keizoku.contract.words.Language;
import java.util.List;
import java.util.Map;

/**
 * A task as its file says it, in lm-evaluation-harness' form.
 *
 * @param place the file's URI, or its name in the program
 * @param name {@code task}
 * @param output {@code output_type}
 * @param data where its rows are
 * @param description written once before all; may be a template
 * @param text {@code doc_to_text}; null only where a whole document is scored
 * @param target {@code doc_to_target}
 * @param choice {@code doc_to_choice}; null where there are no choices
 * @param delimiter {@code target_delimiter}
 * @param fewShot examples before the question
 * @param answering how an answer is written and read; null where none is written
 * @param metrics names, in order
 * @param labels what only Keizoku reads, from {@code metadata}
 */
public record TaskFile(
    String place,
    String name,
    OutputType output,
    TaskData data,
    Expression description,
    Expression text,
    Expression target,
    Expression choice,
    String delimiter,
    FewShot fewShot,
    Answering answering,
    List<String> metrics,
    Labels labels) {

  /** The same for models that think before they answer, up to that text. */
  TaskFile after(String thinkEnd) {
    return new TaskFile(
        place,
        name,
        output,
        data,
        description,
        text,
        target,
        choice,
        delimiter,
        fewShot,
        answering == null ? null : answering.after(thinkEnd),
        metrics,
        labels);
  }

  /**
   * What lm-evaluation-harness leaves to its users in {@code metadata}.
   *
   * @param version a number or a text, as it stands there; {@code Yaml} where none does, as in
   *     lm-evaluation-harness
   * @param titles what the task asks, one line a language; may be none
   * @param score the metric that stands for the task; null for the first
   * @param unit column that says which rows belong together; null for every row by itself
   * @param promptOf the task of which this is another prompt; null for a task of its own
   * @param promptVersion the prompt's name
   * @param aliases prompt versions that the task lacks, and which one stands in
   * @param general whether it asks for what a model may forget, not for what it is trained for
   * @param licence of the data, in a word; null where nothing is said
   * @param corpus that the documents are held out of; null for a task of questions
   */
  public record Labels(
      Object version,
      Map<Language, String> titles,
      String score,
      String unit,
      String promptOf,
      String promptVersion,
      Map<String, String> aliases,
      boolean general,
      String licence,
      HeldOutSet.Corpus corpus) {}
}
