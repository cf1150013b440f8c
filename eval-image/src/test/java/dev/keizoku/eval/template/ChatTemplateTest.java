package dev.keizoku.eval.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.eval.Golden;
import dev.keizoku.eval.template.ChatTemplate.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class ChatTemplateTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Message> CHAT = List.of(new Message("user", "売上高は？"));

  @Test
  void rendersWhatTransformersRenders() throws IOException {
    var file = Golden.read("chat.json");
    Map<String, List<Message>> chats =
        JSON.convertValue(file.get("chats"), new TypeReference<>() {});
    Map<String, String> tokens = JSON.convertValue(file.get("tokens"), new TypeReference<>() {});
    assertThat(file.get("golden")).hasSizeGreaterThan(150);
    var softly = new SoftAssertions();
    for (var one : file.get("golden")) {
      var name = one.get("template").textValue();
      Map<String, Object> settings =
          JSON.convertValue(one.get("settings"), new TypeReference<>() {});
      boolean answering = (Boolean) settings.remove("add_generation_prompt");
      var template = ChatTemplate.of(template(name), tokens);
      String rendered;
      try {
        rendered = template.render(chats.get(one.get("chat").textValue()), answering, settings);
      } catch (TemplateFault e) {
        rendered = one.get("rendered").isNull() ? null : "refused: " + e.getMessage();
      }
      softly
          .assertThat(rendered)
          .as("%s %s %s", name, one.get("chat"), one.get("settings"))
          .isEqualTo(one.get("rendered").textValue());
    }
    softly.assertAll();
  }

  @Test
  void whatATemplateRefusesIsToldInItsWords() throws IOException {
    var gemma = ChatTemplate.of(template("gemma.jinja"), Map.of("bos_token", "<bos>"));
    assertThatThrownBy(() -> gemma.render(List.of(new Message("system", "s")), true, Map.of()))
        .isInstanceOf(TemplateFault.class)
        .hasMessageContaining("System role not supported");
  }

  @Test
  void aHostileTemplateIsBounded() {
    for (var template :
        List.of(
            "{% for a in messages %}{% for b in messages %}{% for c in messages %}x{% endfor %}{%"
                + " endfor %}{% endfor %}",
            "{% set ns = namespace(x='0123456789') %}{% for a in messages %}{% set ns.x = ns.x ~"
                + " ns.x %}{% endfor %}{{ ns.x }}",
            "{% set ns = namespace(x='0123456789') %}{% for a in messages %}{% set ns.x = ns.x +"
                + " ns.x %}{% endfor %}{{ ns.x }}",
            "{% set ns = namespace(x='0123456789') %}{% for a in messages %}{% set ns.x = [ns.x,"
                + " ns.x] | join %}{% endfor %}{{ ns.x }}",
            "{% set ns = namespace(x='ab') %}{% for a in messages %}{% set ns.x = ns.x.replace('a',"
                + " 'aaaaaaaaab') %}{% endfor %}{{ ns.x }}",
            "{% set ns = namespace(x='ab') %}{% for a in messages %}{% set ns.x = ns.x |"
                + " replace('a', 'aaaaaaaaab') %}{% endfor %}{{ ns.x }}",
            "{% set ns = namespace(x='ab') %}{% for a in messages %}{% set ns.x = ns.x.join([ns.x,"
                + " ns.x]) %}{% endfor %}{{ ns.x }}",
            "{% set ns = namespace(x=[1]) %}{% for a in messages %}{% set ns.x = [ns.x, ns.x] %}{%"
                + " endfor %}{{ ns.x }}",
            "{% for a in range(1000000000) %}x{% endfor %}",
            "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}",
            "{% include 'file:///etc/passwd' %}",
            "{{ messages.getClass() }}",
            "{{ messages[0].content.getClass().forName('java.lang.Runtime') }}",
            "{{ ''.__class__.__mro__ }}{{ raise_exception('none') }}")) {
      assertThatThrownBy(
              () ->
                  ChatTemplate.of(template, Map.of())
                      .render(
                          IntStream.range(0, 60).mapToObj(i -> CHAT.getFirst()).toList(),
                          true,
                          Map.of()))
          .as(template)
          .isInstanceOf(TemplateFault.class);
    }
  }

  private static String template(String name) throws IOException {
    try (var in = ChatTemplateTest.class.getResourceAsStream("/chat/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
