package dev.keizoku.corpus.read.filing;

import dev.keizoku.corpus.read.archive.Archives;
import dev.keizoku.corpus.read.encoding.TextDecoder;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.read.filing.FilingMember.Role;
import dev.keizoku.corpus.read.filing.xbrl.Fact;
import dev.keizoku.corpus.read.filing.xbrl.FactSheet;
import dev.keizoku.corpus.read.filing.xbrl.InlinePage;
import dev.keizoku.corpus.read.filing.xbrl.Labels;
import dev.keizoku.corpus.read.filing.xbrl.OfficerNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One submission: its files, wherever they lie, and what several of them tell together. Of the
 * forms in which it has its text one is taken, in one place. Safe for use from many threads.
 */
final class Filing {
  /** Tells whether a file is one of a filing, and which part it plays there. */
  interface Membership {
    FilingMember of(String location, Filing filing);
  }

  private record Copy(Role role, Path path) {}

  private final String key;
  private final Membership membership;
  private final Archives archives;
  private final Set<InputFile> inputs = new LinkedHashSet<>();
  private final List<Copy> copies = new ArrayList<>();
  private final Map<Role, String> roots = new EnumMap<>(Role.class);
  private final List<Filing> amendedBy = new ArrayList<>();
  private FilingName name;
  private DocumentList.Entry listed;
  private FilingAttributes attributes;
  private Set<String> restated;
  private Set<String> personal;
  private Labels labels;
  private Pattern officers;

  /**
   * @param key EDINET's document id, or what the names of its files say, or where they lie
   * @param archives to look into its archives by
   */
  Filing(String key, Membership membership, Archives archives) {
    this.key = key;
    this.membership = membership;
    this.archives = archives;
  }

  /** A filing that is known of one file only. */
  static Filing alone(FilingMember member) {
    var filing = new Filing("", (location, of) -> null, null);
    filing.roots.put(member.role(), member.root());
    filing.name = member.name();
    return filing;
  }

  /**
   * Takes in where a file of it lies.
   *
   * @param copy of the file, for one that cannot be read again where it lies; else null
   */
  void add(InputFile input, FilingMember member, Path copy) {
    if (copy != null) {
      copies.add(new Copy(member.role(), copy));
    } else if (!Archives.isStreamed(member.root())) {
      inputs.add(input);
    }
    roots.putIfAbsent(member.role(), member.root());
    name = name == null ? member.name() : name;
  }

  void listed(DocumentList.Entry entry) {
    listed = entry;
  }

  void amendedBy(Filing later) {
    amendedBy.add(later);
  }

  String key() {
    return key;
  }

  /** Whether it has a name of its own, which it keeps wherever its files lie. */
  boolean isNamed() {
    return name != null || listed != null;
  }

  /** Whether it was taken back or is no longer shown. */
  boolean isWithdrawn() {
    return listed != null && listed.withdrawn();
  }

  FilingName name() {
    return name;
  }

  DocumentList.Entry listed() {
    return listed;
  }

  /** Whether a file is of the form that is taken, in the place from which it is taken. */
  boolean takes(FilingMember member) {
    for (var role : Role.values()) {
      if (role.isForm() && roots.containsKey(role)) {
        return role == member.role() && roots.get(role).equals(member.root());
      }
    }
    return false;
  }

  /**
   * What it is. Others ask while they hold their own lock, so this one is held for nothing else.
   */
  FilingAttributes attributes() throws IOException {
    synchronized (roots) {
      if (attributes == null) {
        attributes = FilingAttributes.of(key, name, listed, facts());
      }
      return attributes;
    }
  }

  /** Facts of the cover or, where there is none, of the first file that has any. */
  private Map<String, String> facts() throws IOException {
    var facts = new HashMap<String, String>();
    for (var role : List.of(Role.COVER, Role.INSTANCE, Role.STATEMENTS, Role.CSV, Role.PAGE)) {
      if (facts.isEmpty()) {
        visit(role, text -> FilingText.facts(role, text).forEach(facts::putIfAbsent));
      }
    }
    // The cover does not say whether the holder of a large holding is a person.
    if (name != null && name.report().equals("lvh")) {
      visit(Role.PAGE, text -> FilingText.facts(Role.PAGE, text).forEach(facts::putIfAbsent));
    }
    return facts;
  }

  /** The blocks of text that later filings state anew, but for those that were taken back. */
  synchronized Set<String> restated() throws IOException {
    if (restated == null) {
      var blocks = new HashSet<String>();
      for (var later : amendedBy) {
        if (!later.isWithdrawn() && later.attributes().amendment()) {
          blocks.addAll(later.blocks());
        }
      }
      restated = blocks;
    }
    return restated;
  }

  private Set<String> blocks() throws IOException {
    var blocks = new HashSet<String>();
    for (var role : List.of(Role.PAGE, Role.INSTANCE, Role.CSV)) {
      if (blocks.isEmpty()) {
        visit(role, text -> blocks.addAll(FilingText.blocks(role, text)));
      }
    }
    return blocks;
  }

  /** Ids of the continuations, on all pages, of what {@code drops} tells. */
  synchronized Set<String> continuations(Predicate<Fact> drops) throws IOException {
    if (personal == null) {
      var next = new HashMap<String, String>();
      var first = new HashSet<String>();
      visit(
          Role.PAGE,
          text -> {
            var page = InlinePage.of(text);
            if (page != null) {
              next.putAll(page.chain());
              first.addAll(page.continuationsOf(drops));
            }
          });
      personal = new HashSet<>();
      for (var id : first) {
        for (var at = id; at != null && personal.add(at); ) {
          at = next.get(at);
        }
      }
    }
    return personal;
  }

  /** What finds the names of its officers. */
  synchronized Pattern officers() throws IOException {
    if (officers == null) {
      var read = new OfficerNames();
      // One form tells all that there is, and each look costs another opening of the archive.
      if (roots.containsKey(Role.PAGE)) {
        visit(Role.PAGE, read::add);
      } else if (roots.containsKey(Role.INSTANCE)) {
        visit(Role.INSTANCE, read::add);
      } else {
        visit(Role.CSV, text -> new FactSheet(text).addNames(read));
      }
      officers = read.pattern();
    }
    return officers;
  }

  /** Names of its elements. */
  synchronized Labels labels() throws IOException {
    if (labels == null) {
      var read = new Labels();
      visit(Role.COMPANION, read::add);
      labels = read;
    }
    return labels;
  }

  private interface TextVisitor {
    void visit(String text) throws IOException;
  }

  /** Visits its files of one role; one that cannot be read is told of where it is read itself. */
  private void visit(Role role, TextVisitor visitor) throws IOException {
    if (!roots.containsKey(role)) {
      return;
    }
    for (var input : inputs) {
      archives.open(input, new InRoot(role, visitor));
    }
    for (var copy : copies) {
      if (copy.role == role) {
        visitor.visit(TextDecoder.decode(Files.readAllBytes(copy.path), null));
      }
    }
  }

  /** Enters the archives that hold its files of one role, and no others. */
  private final class InRoot implements Archives.Visitor {
    private final Role role;
    private final TextVisitor visitor;

    InRoot(Role role, TextVisitor visitor) {
      this.role = role;
      this.visitor = visitor;
    }

    @Override
    public boolean enters(String archive) {
      return roots.values().stream().anyMatch(root -> (root + "!").startsWith(archive + "!"));
    }

    @Override
    public void visit(RawFile file) throws IOException {
      Filing.this.visit(file, role, visitor);
    }
  }

  private void visit(RawFile file, Role role, TextVisitor visitor) throws IOException {
    var member = membership.of(file.location(), this);
    boolean wanted = member != null && member.role() == role;
    if (wanted && (role != Role.COMPANION || FilingText.isLabels(file.name()))) {
      try {
        visitor.visit(TextDecoder.decode(file.bytes(), null));
      } catch (UnreadableFileException e) {
        return;
      }
    }
  }
}
