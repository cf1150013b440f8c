package dev.keizoku.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/**
 * Reads texts, of which the same few stand in thousands of objects (types, reasons, images, times):
 * one that was read lately is that one again. A table of fixed size, in which another text of the
 * same place takes its place; a race in it costs a copy.
 */
final class OftenSaid extends StdScalarDeserializer<String> {
  private static final int PLACES = 1 << 13;
  private static final int LONGEST = 128;

  private final transient String[] lately = new String[PLACES];

  OftenSaid() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return StringDeserializer.instance.deserialize(parser, context);
    }
    var text = parser.getText();
    if (text.length() > LONGEST) {
      return text;
    }
    int hash = text.hashCode();
    int place = (hash ^ hash >>> 16) & PLACES - 1;
    var before = lately[place];
    if (text.equals(before)) {
      return before;
    }
    lately[place] = text;
    return text;
  }
}
