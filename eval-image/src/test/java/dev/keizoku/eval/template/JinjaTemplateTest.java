package dev.keizoku.eval.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.eval.Golden;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class JinjaTemplateTest {
  private static final Map<String, Object> ROW =
      new ObjectMapper()
          .convertValue(Golden.read("templates.json").get("row"), new TypeReference<>() {});

  @Test
  void rendersWhatTheReferenceRenders() {
    var golden = Golden.read("templates.json").get("templates");
    assertThat(golden).hasSizeGreaterThan(25);
    var softly = new SoftAssertions();
    for (var one : golden) {
      var template = one.get("template").textValue();
      String rendered;
      try {
        rendered = JinjaTemplate.of(template).render(ROW);
      } catch (TemplateFault e) {
        rendered = one.get("rendered").isNull() ? null : "refused: " + e.getMessage();
      }
      softly.assertThat(rendered).as(template).isEqualTo(one.get("rendered").textValue());
    }
    softly.assertAll();
  }

  @Test
  void anExpressionGivesItsValue() {
    assertThat(JinjaTemplate.of("{{ choices[:2] }}").value(ROW)).isEqualTo(List.of("A", "B'x\""));
    assertThat(JinjaTemplate.of(" {{label}}").value(ROW)).isEqualTo(2);
    assertThat(JinjaTemplate.of("{{label}}{{label}}").value(ROW)).isEqualTo("22");
  }

  @Test
  void nothingOfJavaCanBeReached() {
    for (var template :
        List.of(
            "{{ ''.class }}",
            "{{ ''.getClass() }}",
            "{{ q.getBytes() }}",
            "{{ q.format(1) }}",
            "{{ nested.entrySet() }}",
            "{% for c in choices %}{{ loop.getClass() }}{% endfor %}",
            "{% include 'file:///etc/passwd' %}",
            "{% import 'x' as y %}",
            "{{ ____int3rpr3t3r____.config }}",
            "{{ q | pprint }}",
            "{{ q | render }}",
            "{{ type(q) }}")) {
      var fault = catchThrowable(() -> JinjaTemplate.of(template).render(ROW));
      assertThat(fault).as("[%s]", template).isInstanceOf(TemplateFault.class);
    }
  }

  @Test
  void loopsAreBounded() {
    var deep = "{% for a in choices %}{% for b in choices %}{% for c in choices %}";
    assertThatThrownBy(() -> JinjaTemplate.of("x\n" + deep))
        .isInstanceOfSatisfying(TemplateFault.class, e -> assertThat(e.line()).isEqualTo(2))
        .hasMessageContaining("more than 2 loops");
    assertThatThrownBy(
            () ->
                JinjaTemplate.of("{% for i in many %}x{% endfor %}")
                    .render(Map.of("many", Collections.nCopies(1001, 1))))
        .isInstanceOf(TemplateFault.class);
  }

  @Test
  void theLineOfAFaultIsTold() {
    assertThatThrownBy(() -> JinjaTemplate.of("a\n{{ q }}\n{{ missing }}").render(ROW))
        .isInstanceOfSatisfying(TemplateFault.class, e -> assertThat(e.line()).isEqualTo(3))
        .hasMessageContaining("missing");
  }
}
