package dev.keizoku.eval.template;

import com.hubspot.jinjava.el.ext.JinjavaBeanELResolver;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.util.ForLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELException;
import jinjava.javax.el.ELResolver;

/**
 * What a template may ask of a value: an item, an entry, where a loop is, and the methods of
 * Python's strings, lists and dictionaries that are named here. Nothing else of the values' Java
 * classes can be reached: there is no reflection behind it.
 */
final class PythonMethods extends ELResolver {
  private static final JinjavaBeanELResolver LIBRARY = new JinjavaBeanELResolver(true);
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,9}");
  private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  @Override
  public Object getValue(ELContext context, Object base, Object property) {
    if (base == null || property == null) {
      return null;
    }
    var value =
        switch (base) {
          case Map<?, ?> map -> map.get(property.toString());
          case List<?> list -> item(list, property);
          case String text -> character(text, property);
          case ForLoop loop -> loop(loop, property.toString());
          default -> null;
        };
    context.setPropertyResolved(true);
    return value;
  }

  // A method's name is asked for as a field first: null says that there is no such field.
  private static Object item(List<?> list, Object property) {
    int index = index(property, list.size());
    return index < 0 ? null : list.get(index);
  }

  private static String character(String text, Object property) {
    int index = index(property, text.codePointCount(0, text.length()));
    if (index < 0) {
      return null;
    }
    int from = text.offsetByCodePoints(0, index);
    return text.substring(from, text.offsetByCodePoints(from, 1));
  }

  /** As in Python, -1 is the last; below 0 where there is none. */
  private static int index(Object property, int size) {
    if (!INTEGER.matcher(property.toString()).matches()) {
      return -1;
    }
    int index = Integer.parseInt(property.toString());
    return index < 0 ? index + size : index < size ? index : -1;
  }

  private static Object loop(ForLoop loop, String property) {
    return switch (property) {
      case "index" -> (long) loop.getIndex();
      case "index0" -> (long) loop.getIndex0();
      case "revindex" -> (long) loop.getRevindex();
      case "revindex0" -> (long) loop.getRevindex0();
      case "first" -> loop.isFirst();
      case "last" -> loop.isLast();
      case "length" -> (long) loop.getLength();
      default -> null;
    };
  }

  @Override
  public Object invoke(
      ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
    var name = method.toString();
    var value =
        switch (base) {
          case String text -> text(text, name, arguments);
          case Map<?, ?> map -> map(map, name, arguments);
          case List<?> list when name.equals("index") -> (long) list.indexOf(arguments[0]);
          // What a pipe or an "is" calls; no expression gets hold of one.
          case Filter filter -> LIBRARY.invoke(context, filter, method, types, arguments);
          case ExpTest test -> LIBRARY.invoke(context, test, method, types, arguments);
          case null, default -> throw unknown(name);
        };
    context.setPropertyResolved(true);
    return value;
  }

  private static Object map(Map<?, ?> map, String name, Object... arguments) {
    return switch (name) {
      case "items" -> new ArrayList<>(map.entrySet());
      case "keys" -> new ArrayList<>(map.keySet());
      case "values" -> new ArrayList<>(map.values());
      case "get" -> {
        var found = map.get(arguments[0].toString());
        yield found == null && arguments.length > 1 ? arguments[1] : found;
      }
      default -> throw unknown(name);
    };
  }

  private static Object text(String text, String name, Object... arguments) {
    var first = arguments.length == 0 ? null : String.valueOf(arguments[0]);
    return switch (name) {
      case "strip" -> first == null ? text.strip() : stripped(text, first, true, true);
      case "lstrip" -> first == null ? text.stripLeading() : stripped(text, first, true, false);
      case "rstrip" -> first == null ? text.stripTrailing() : stripped(text, first, false, true);
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "startswith" -> PythonWord.in(text.startsWith(first));
      case "endswith" -> PythonWord.in(text.endsWith(first));
      case "find" -> (long) codePoints(text, text.indexOf(first));
      case "count" -> (long) (text.length() - text.replace(first, "").length()) / first.length();
      case "replace" -> replaced(text, first, String.valueOf(arguments[1]));
      case "split" -> Arrays.asList(split(text, first));
      case "splitlines" -> text.lines().toList();
      case "isdigit" -> PythonWord.in(!text.isEmpty() && text.chars().allMatch(Character::isDigit));
      case "join" -> joined(text, (List<?>) arguments[0]);
      default -> throw unknown(name);
    };
  }

  /** What is longer than any output is not made: a loop of such ends the memory. */
  private static String replaced(String text, String of, String by) {
    long growth = Math.max(0, by.length() - of.length());
    long times = of.isEmpty() ? text.length() + 1L : text.length() / of.length();
    if (growth > 0 && text.length() + times * growth > Sandbox.MAX_OUTPUT) {
      throw tooLong("replace");
    }
    return text.replace(of, by);
  }

  private static String joined(String between, List<?> items) {
    var text = new StringBuilder();
    for (var item : items) {
      text.append(item).append(between);
      if (text.length() > Sandbox.MAX_OUTPUT) {
        throw tooLong("join");
      }
    }
    text.setLength(Math.max(0, text.length() - between.length()));
    return text.toString();
  }

  private static ELException tooLong(String method) {
    return new ELException(
        "%s makes more than %d characters".formatted(method, Sandbox.MAX_OUTPUT));
  }

  private static String[] split(String text, String separator) {
    return separator == null
        ? BLANKS.split(text.strip())
        : Pattern.compile(separator, Pattern.LITERAL).split(text, -1);
  }

  private static int codePoints(String text, int at) {
    return at < 0 ? at : text.codePointCount(0, at);
  }

  private static String stripped(String text, String of, boolean left, boolean right) {
    int from = 0;
    int to = text.length();
    while (left && from < to && of.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (right && to > from && of.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }

  private static ELException unknown(String name) {
    return new ELException("there is no method '" + name + "' that templates may call");
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {
    throw new ELException("values cannot be changed");
  }

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public java.util.Iterator<java.beans.FeatureDescriptor> getFeatureDescriptors(
      ELContext context, Object base) {
    return null;
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return Object.class;
  }
}
