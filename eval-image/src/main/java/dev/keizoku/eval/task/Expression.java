package dev.keizoku.eval.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.eval.template.JinjaTemplate;
import dev.keizoku.eval.template.TemplateFault;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code doc_to_...} of a task file: the name of a column, a template, a number or a list.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code ConfigurableTask.doc_to_target}.
 */
public final class Expression {
  private final String place;
  private final String field;
  private final Object constant;
  private final JinjaTemplate template;

  private Expression(String place, String field, Object constant, JinjaTemplate template) {
    this.place = place;
    this.field = field;
    this.constant = constant;
    this.template = template;
  }

  /** The expression of a field; null where the file has no such field. */
  public static Expression of(String place, String field, JsonNode value) {
    if (value == null || value.isNull()) {
      return null;
    }
    if (value.isTextual()) {
      try {
        return new Expression(place, field, null, JinjaTemplate.of(value.textValue()));
      } catch (TemplateFault e) {
        throw TaskFault.template(place, field, value.textValue(), e, -1);
      }
    }
    if (value.isInt()) {
      return new Expression(place, field, value.intValue(), null);
    }
    var items = new ArrayList<Object>();
    value.forEach(item -> items.add(item.isInt() ? item.intValue() : item.asText()));
    return new Expression(place, field, List.copyOf(items), null);
  }

  /** As it stands in the file. */
  public Object written() {
    return template == null ? constant : template.text();
  }

  /** Whether it is the name of a column. */
  public boolean isColumn(Doc doc) {
    return template != null && doc.row().containsKey(template.text());
  }

  /** The text for a row. */
  public String text(Doc doc) {
    if (template == null) {
      return String.valueOf(constant);
    }
    if (doc.row().get(template.text()) instanceof Object column) {
      return column.toString();
    }
    try {
      return template.render(doc.row());
    } catch (TemplateFault e) {
      throw TaskFault.template(place, field, template.text(), e, doc.index());
    }
  }

  /** The value for a row: a number, a text, or a list of them. */
  public Object value(Doc doc) {
    if (template == null) {
      return constant;
    }
    if (isColumn(doc)) {
      var column = doc.row().get(template.text());
      if (column == null) {
        throw TaskFault.data(
            place, "row %d has nothing in column %s".formatted(doc.index(), field));
      }
      return column;
    }
    try {
      return template.value(doc.row());
    } catch (TemplateFault e) {
      throw TaskFault.template(place, field, template.text(), e, doc.index());
    }
  }
}
