package dev.keizoku.corpus.decontaminate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds questions in texts: {@value #RUN} characters in a row of a question, its context or an
 * answer. Texts of {@value #SHORT} to 19 characters are found whole; shorter ones are no question's
 * own and are not looked for, but where a question has nothing longer: then all its texts together
 * are, in their order. A short answer that several questions have is not looked for either, nor
 * what is a part of another text of its question.
 *
 * <p>Characters in a row that more than {@value #SHARED} questions share are how examinations and
 * reports are worded, and no hit by themselves. Nor is what is less of a text than the share that
 * is asked.
 *
 * <p>Characters are those that {@link FoldedText} leaves. Safe for use from many threads.
 */
public final class QuestionIndex {
  /** Characters in a row that make a hit. */
  public static final int RUN = 20;

  /** Characters of the shortest text that is looked for. */
  public static final int SHORT = 13;

  /** Characters of all questions together, after folding: about 400 MiB of index. */
  public static final int MAX_CHARACTERS = 1 << 24;

  private static final int SHARED = 3;
  private static final int MAX_EQUAL_RUNS = 256;

  private final char[] all;
  private final List<Piece> pieces = new ArrayList<>();
  private final int[] starts;
  private final GramTable runs;
  private final GramTable shorts;
  private final double minShare;

  /** For each position, how many runs that begin before it are a question's own. */
  private final int[] ownBefore;

  /** A text that is looked for; it lies in {@code all} from {@code start} to {@code end}. */
  private record Piece(int benchmark, List<Integer> items, int start, int end) {
    int length() {
      return end - start;
    }

    boolean isShort() {
      return length() < RUN;
    }
  }

  private QuestionIndex(Collection<Wanted> wanted, double minShare) {
    this.minShare = minShare;
    var text = new StringBuilder();
    for (var one : wanted) {
      pieces.add(
          new Piece(one.benchmark, one.items, text.length(), text.length() + one.text.length()));
      text.append(one.text);
    }
    all = text.toString().toCharArray();
    starts = pieces.stream().mapToInt(Piece::start).toArray();
    runs = new GramTable(all, RUN, all.length);
    shorts = new GramTable(all, SHORT, (int) pieces.stream().filter(Piece::isShort).count());
    for (var piece : pieces) {
      if (piece.isShort()) {
        shorts.add(piece.start);
      } else {
        for (int at = piece.start; at + RUN <= piece.end; at++) {
          runs.add(at);
        }
      }
    }
    ownBefore = ownBefore();
  }

  private int[] ownBefore() {
    var before = new int[all.length + 1];
    for (var piece : pieces) {
      for (int at = piece.start; at < piece.end; at++) {
        boolean own = at + RUN <= piece.end && runs.count(at) <= SHARED;
        before[at + 1] = before[at] + (own ? 1 : 0);
      }
    }
    return before;
  }

  private record Wanted(int benchmark, List<Integer> items, String text) {}

  /**
   * The index of all questions.
   *
   * @param minShare of a text that must stand in a row, 0 to 1
   * @throws IllegalArgumentException when they have more than {@link #MAX_CHARACTERS}
   */
  public static QuestionIndex of(List<Question> questions, double minShare) {
    var shared = sharedChoices(questions);
    var wanted = new LinkedHashMap<String, Wanted>();
    long characters = 0;
    for (var question : questions) {
      for (var text : texts(question, shared)) {
        var key = question.benchmark() + ":" + text;
        var one = wanted.get(key);
        if (one == null) {
          one = new Wanted(question.benchmark(), new ArrayList<>(), text);
          wanted.put(key, one);
          characters += text.length();
        }
        one.items.add(question.item());
      }
    }
    if (characters > MAX_CHARACTERS) {
      throw new IllegalArgumentException("the questions have " + characters + " characters");
    }
    return new QuestionIndex(wanted.values(), minShare);
  }

  /** Short choices that stand at questions of different texts. */
  private static Set<String> sharedChoices(List<Question> questions) {
    var first = new HashMap<String, List<String>>();
    var shared = new HashSet<String>();
    for (var question : questions) {
      for (var choice : question.choices()) {
        var folded = FoldedText.of(choice).toString();
        var other = first.putIfAbsent(folded, question.texts());
        if (folded.length() < RUN && other != null && !other.equals(question.texts())) {
          shared.add(folded);
        }
      }
    }
    return shared;
  }

  private static List<String> texts(Question question, Set<String> shared) {
    var texts = new ArrayList<>(question.texts().stream().map(QuestionIndex::folded).toList());
    question.choices().stream()
        .map(QuestionIndex::folded)
        .filter(choice -> !shared.contains(choice))
        .forEach(texts::add);
    var whole = List.copyOf(texts);
    texts.removeIf(text -> text.length() < SHORT || isPartOfAnother(text, whole));
    if (texts.isEmpty()) {
      var together =
          folded(String.join("", question.texts()) + String.join("", question.choices()));
      return together.length() < SHORT ? List.of() : List.of(together);
    }
    return texts;
  }

  /** What a question points at in its own text is no question: chABSA's targets. */
  private static boolean isPartOfAnother(String text, List<String> texts) {
    return texts.stream().anyMatch(other -> other.length() > text.length() && other.contains(text));
  }

  private static String folded(String text) {
    return FoldedText.of(text).toString();
  }

  /** Whether there is nothing to look for. */
  public boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** The questions in a text, in the order of their places. */
  public List<Hit> find(String text) {
    var folded = FoldedText.of(text);
    var found = new HashMap<Piece, Run>();
    scan(folded, shorts, SHORT, found);
    scan(folded, runs, RUN, found);
    found.entrySet().removeIf(run -> run.getValue().length < minShare * run.getKey().length());
    return found.entrySet().stream()
        .filter(entry -> !isWithinAnother(entry.getValue(), found.values()))
        .map(entry -> hit(entry.getKey(), entry.getValue(), folded))
        .sorted(
            Comparator.comparingInt(Hit::from)
                .thenComparingInt(Hit::benchmark)
                .thenComparingInt(hit -> hit.items().getFirst()))
        .toList();
  }

  /** The longest part of a text that is a piece's. */
  private record Run(int from, int length) {}

  /** What a question shares with one of which more stands there is that one's. */
  private static boolean isWithinAnother(Run run, Collection<Run> all) {
    return all.stream()
        .anyMatch(
            other ->
                other.length > run.length
                    && other.from <= run.from
                    && other.from + other.length >= run.from + run.length);
  }

  private static Hit hit(Piece piece, Run run, FoldedText text) {
    return new Hit(
        piece.benchmark,
        piece.items,
        text.origin(run.from),
        text.origin(run.from + run.length - 1),
        run.length);
  }

  private void scan(FoldedText text, GramTable table, int size, Map<Piece, Run> found) {
    if (text.length() < size) {
      return;
    }
    long hash = table.first(text);
    for (int i = 0; ; i++) {
      int tries = 0;
      for (int at = table.head(hash); at >= 0 && tries++ < MAX_EQUAL_RUNS; at = table.next(at)) {
        extend(text, i, at, size, found);
      }
      if (i + size >= text.length()) {
        return;
      }
      hash = table.roll(hash, text, i);
    }
  }

  private void extend(FoldedText text, int from, int at, int size, Map<Piece, Run> found) {
    var piece = piece(at);
    var before = found.get(piece);
    if (before != null && before.length >= piece.end - at) {
      return;
    }
    int length = 0;
    while (at + length < piece.end
        && from + length < text.length()
        && all[at + length] == text.at(from + length)) {
      length++;
    }
    boolean whole = length == piece.end - piece.start;
    boolean own = length >= size && ownBefore[at + length - size + 1] > ownBefore[at];
    if ((whole || own && !piece.isShort()) && (before == null || length > before.length)) {
      found.put(piece, new Run(from, length));
    }
  }

  private Piece piece(int at) {
    int index = Arrays.binarySearch(starts, at);
    return pieces.get(index >= 0 ? index : -index - 2);
  }
}
