package dev.keizoku.eval.report;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.result.EvalResult.ModelNotes;
import dev.keizoku.contract.words.Phrases;
import dev.keizoku.eval.request.ChatForm;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Page.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the numbers were made, and what they mean. */
final class Measuring {
  private final Evaluation evaluation;
  private final Phrases words;
  private final List<Fact> facts = new ArrayList<>();

  Measuring(Evaluation evaluation, Phrases words) {
    this.evaluation = evaluation;
    this.words = words;
  }

  List<Fact> facts() {
    var run = evaluation.run();
    fact("scoring", words.say("scoringHow", shots()));
    if (evaluation.chat() != null) {
      fact("conversation", conversation(evaluation.chat()));
    }
    var asked = run.passes().dtype() != null;
    var type = words.say(asked ? "numberTypeAsked" : "numberTypeFound", evaluation.dtype());
    fact("numberType", type + behindEndpoints());
    fact("ties", ties());
    var refused = refused();
    if (!refused.isEmpty()) {
      fact("refused", refused);
    }
    var resamples = Numbers.count(run.bootstrap().resamples());
    fact(
        "intervalFact",
        words.say("intervalHow", resamples, String.valueOf(run.randomness().seed())));
    facts.add(new Fact("p", words.say("pHow")));
    var level = Numbers.percent(1 - run.bootstrap().confidence(), 1);
    fact("couldShow", words.say("couldShowHow", level));
    fact("guessing", words.say("guessingHow"));
    fact("gainedLost", words.say("gainedLostHow"));
    fact("data", words.say("dataHow"));
    return facts;
  }

  private void fact(String name, String value) {
    facts.add(new Fact(words.say(name), value));
  }

  /** Examples in front of a question, which a task file names. */
  private String shots() {
    return evaluation.tasks().stream()
        .map(task -> task.task().prompts().get(task.promptVersion()).fewShot().shots())
        .distinct()
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  private String conversation(ChatForm chat) {
    var examples = words.say(chat.multiturn() ? "examplesTurns" : "examplesOneTurn");
    var digest = Digests.sha256(chat.template());
    return chat.system() == null
        ? words.say("conversationPlain", chat.place(), digest, examples)
        : words.say("conversationSystem", chat.place(), digest, examples, chat.system());
  }

  private String behindEndpoints() {
    return evaluation.run().candidates().stream()
        .filter(candidate -> candidate.api() != null)
        .map(candidate -> " " + words.say("numberTypeNotKnown", candidate.name()))
        .collect(Collectors.joining());
  }

  private String refused() {
    return notes()
        .filter(notes -> notes.refused() != null)
        .map(notes -> words.say("refusedOf", notes.name(), Numbers.count(notes.refused())))
        .collect(Collectors.joining(" "));
  }

  private Stream<ModelNotes> notes() {
    return evaluation.models().stream().map(model -> model.notes(evaluation.tasks()));
  }

  private String ties() {
    return notes()
        .map(
            notes ->
                words.say(
                    "tiesOf",
                    notes.name(),
                    Numbers.count(notes.ties()),
                    Numbers.count(notes.cut())))
        .collect(Collectors.joining(" "));
  }
}
