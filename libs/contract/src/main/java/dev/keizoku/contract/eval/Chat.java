package dev.keizoku.contract.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** How questions are asked as a conversation. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Chat(
    @JsonPropertyDescription(
            "Name of the model of this evaluation whose chat_template (chat_template.jinja, or in"
                + " tokenizer_config.json) all models are asked in, so that all read the same"
                + " texts. Default: the base model.")
        @Pattern(EvalRun.MODEL_NAME)
        @Size(min = 1, max = 63)
        String templateOf,
    @JsonPropertyDescription(
            "What the models are told before all else (system_instruction of lm-eval); a task's "
                + "description follows it. Default: nothing.")
        @Size(min = 1, max = 8192)
        String system,
    @JsonPropertyDescription(
            "Each example is a turn of the user's and one of the model's (fewshot_as_multiturn of "
                + "lm-eval), not all of them in one turn with the question.")
        @Default("false")
        Boolean fewshotAsMultiturn,
    @JsonPropertyDescription(
            "enable_thinking of templates that know it, as Qwen3's. Default: what the template does"
                + " by itself.")
        Boolean enableThinking,
    @JsonPropertyDescription(
            "Text that ends a model's thinking (think_end_token of lm-eval): of a written answer "
                + "only what follows it is scored.")
        @Default("</think>")
        @Size(min = 1, max = 64)
        String thinkEnd) {

  /** Fills the schema's defaults. */
  public Chat {
    fewshotAsMultiturn = Defaults.of(Chat.class, "fewshotAsMultiturn", fewshotAsMultiturn);
    thinkEnd = Defaults.of(Chat.class, "thinkEnd", thinkEnd);
  }
}
