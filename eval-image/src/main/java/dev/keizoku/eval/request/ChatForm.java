package dev.keizoku.eval.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.eval.Chat;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.task.BenchmarkTask;
import dev.keizoku.eval.template.ChatTemplate;
import dev.keizoku.eval.template.ChatTemplate.Message;
import dev.keizoku.eval.template.ModelChatTemplate;
import dev.keizoku.eval.template.TemplateFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the questions of a run are put as a conversation. All models are asked in the template of
 * one, so that a difference between them is none of what they read.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code ConfigurableTask.fewshot_context},
 * {@code ContextSampler.get_chat_context}, {@code HFLM.apply_chat_template}: a template that
 * refuses a conversation gets it without its system text.
 */
public final class ChatForm {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SYSTEM = "system";
  private static final String USER = "user";
  private static final String ASSISTANT = "assistant";

  private final Chat chat;
  private final ChatTemplate template;
  private final StoreUri folder;

  private ChatForm(Chat chat, ChatTemplate template, StoreUri folder) {
    this.chat = chat;
    this.template = template;
    this.folder = folder;
  }

  /**
   * The form of a run.
   *
   * @return null where questions are asked in plain text
   * @throws RunFault user error {@code ChatTemplateInvalid} when the model has no template
   */
  public static ChatForm of(EvalRun run, ObjectStore store) {
    var chat = run.questions().chat();
    if (chat == null) {
      return null;
    }
    var folder = Manifest.folder(StoreUri.parse(run.templateModel().uri()));
    var template =
        ModelChatTemplate.find(store, folder)
            .orElseThrow(
                () ->
                    fault(
                        folder
                            + " has no chat template, neither chat_template.jinja nor chat_template"
                            + " in tokenizer_config.json; name a model that has one in"
                            + " chat.templateOf, or leave chat out."));
    return new ChatForm(chat, template, folder);
  }

  /**
   * The form in which models behind endpoints are asked, whose templates are theirs: turns in JSON.
   *
   * @return null where questions are asked in plain text
   */
  public static ChatForm turns(EvalRun run) {
    var chat = run.questions().chat();
    return chat == null ? null : new ChatForm(chat, null, null);
  }

  /** A task as models in a conversation answer it: what they think first is no answer. */
  public static BenchmarkTask asked(BenchmarkTask task, ChatForm form) {
    return form == null ? task : task.after(form.chat.thinkEnd());
  }

  /** Folder of the model whose template it is. */
  public String place() {
    return folder.toString();
  }

  /** The run's system text; null for none. */
  public String system() {
    return chat.system();
  }

  /** The template as it lies in the model's folder. */
  public String template() {
    return template.written();
  }

  /** A text as a turn of the user's, after the run's system text, up to the model's own turn. */
  public String asked(String text) {
    var conversation = begun("", "");
    conversation.question(text);
    return conversation.rendered();
  }

  /** Text that ends a model's thinking. */
  public String thinkEnd() {
    return chat.thinkEnd();
  }

  /** Whether each example is a turn of its own. */
  public boolean multiturn() {
    return chat.fewshotAsMultiturn();
  }

  /** A conversation that begins with the run's system text and the task's description. */
  Conversation begun(String description, String delimiter) {
    var conversation = new Conversation();
    var system = chat.system() == null ? description : chat.system();
    if (chat.system() != null && !description.isEmpty()) {
      system += delimiter + description;
    }
    if (!system.isEmpty()) {
      conversation.messages.add(new Message(SYSTEM, system));
    }
    return conversation;
  }

  /** What was said so far. */
  final class Conversation {
    private final List<Message> messages = new ArrayList<>();

    void turn(String question, String answer) {
      question(question);
      messages.add(new Message(ASSISTANT, answer));
    }

    /** What the model said, and the user after it. */
    void answered(String answer, String question) {
      messages.add(new Message(ASSISTANT, answer));
      question(question);
    }

    void question(String text) {
      messages.add(new Message(USER, text));
    }

    /** As a model reads it, up to its own turn. */
    String rendered() {
      if (template == null) {
        return turns();
      }
      try {
        return rendered(messages);
      } catch (TemplateFault refused) {
        try {
          return rendered(messages.stream().filter(m -> !m.role().equals(SYSTEM)).toList());
        } catch (TemplateFault again) {
          throw fault(
              "The chat template of %s, line %d: %s; mend it, or name another model in chat.templateOf."
                  .formatted(folder, again.line(), again.getMessage()));
        }
      }
    }

    private String turns() {
      try {
        return JSON.writeValueAsString(messages);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }

    private String rendered(List<Message> said) {
      var thinking = chat.enableThinking();
      return template.render(
          said, true, thinking == null ? Map.of() : Map.of("enable_thinking", thinking));
    }
  }

  private static RunFault fault(String sentence) {
    return RunFault.userError(Reason.CHAT_TEMPLATE_INVALID, sentence);
  }
}
