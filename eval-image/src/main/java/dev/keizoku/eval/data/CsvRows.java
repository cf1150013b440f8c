package dev.keizoku.eval.data;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * CSV as pandas reads it for {@code datasets}: a column whose values are all whole numbers or all
 * numbers becomes numbers, an empty cell null.
 */
final class CsvRows {
  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();
  private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,18}");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private CsvRows() {}

  static List<Map<String, Object>> read(byte[] bytes, RowOptions options) throws IOException {
    var text = new String(bytes, StandardCharsets.UTF_8);
    var cells = cells(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    if (cells.isEmpty()) {
      return List.of();
    }
    boolean named = options.columnNames() == null;
    var names = named ? List.of(cells.getFirst()) : options.columnNames();
    var body = named ? cells.subList(1, cells.size()) : cells;
    for (int i = 0; i < body.size(); i++) {
      if (body.get(i).length != names.size()) {
        throw new IOException(
            "row %d has %d cells, but there are %d columns"
                .formatted(i, body.get(i).length, names.size()));
      }
    }
    var rows = new ArrayList<Map<String, Object>>();
    body.forEach(line -> rows.add(new LinkedHashMap<>()));
    for (int column = 0; column < names.size(); column++) {
      var type = type(body, column);
      for (int row = 0; row < rows.size(); row++) {
        var cell = body.get(row)[column];
        rows.get(row).put(names.get(column), cell.isEmpty() ? null : type.apply(cell));
      }
    }
    return rows;
  }

  private static List<String[]> cells(String text) throws IOException {
    try (var lines = CSV.readerFor(String[].class).<String[]>readValues(text)) {
      return lines.readAll();
    }
  }

  private static Function<String, Object> type(List<String[]> body, int column) {
    if (all(body, column, WHOLE)) {
      return Long::valueOf;
    }
    return all(body, column, NUMBER) ? Double::valueOf : cell -> cell;
  }

  private static boolean all(List<String[]> body, int column, Pattern form) {
    return body.stream().allMatch(l -> l[column].isEmpty() || form.matcher(l[column]).matches());
  }
}
