package dev.keizoku.operator.naming;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import java.util.List;

/**
 * Writes of a record what is set to something else than its default. A version of the operator that
 * knows more settings then writes the same of a spec that has none of them.
 */
final class SetValues extends BeanSerializerModifier {
  private static final long serialVersionUID = 1L;

  @Override
  public List<BeanPropertyWriter> changeProperties(
      SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> properties) {
    var type = bean.getBeanClass();
    return type.isRecord()
        ? properties.stream().map(p -> written(type.asSubclass(Record.class), p)).toList()
        : properties;
  }

  private static BeanPropertyWriter written(
      Class<? extends Record> type, BeanPropertyWriter property) {
    var component = property.getMember().getName();
    try {
      return type.getDeclaredField(component).isAnnotationPresent(Default.class)
          ? new OfDefault(property, Defaults.of(type, component, null))
          : property;
    } catch (NoSuchFieldException e) {
      // A method that is told beside the components.
      return property;
    }
  }

  private static final class OfDefault extends BeanPropertyWriter {
    private static final long serialVersionUID = 1L;
    private final transient Object unset;

    private OfDefault(BeanPropertyWriter property, Object unset) {
      super(property);
      this.unset = unset;
    }

    @Override
    public void serializeAsField(Object bean, JsonGenerator json, SerializerProvider provider)
        throws Exception {
      if (!unset.equals(get(bean))) {
        super.serializeAsField(bean, json, provider);
      }
    }
  }
}
