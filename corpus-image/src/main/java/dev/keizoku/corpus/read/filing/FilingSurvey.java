package dev.keizoku.corpus.read.filing;

import com.fasterxml.jackson.core.JacksonException;
import dev.keizoku.corpus.read.archive.Archives;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which filings a source holds, in which forms, and which of them amend which: known before the
 * first is read, since the files of one filing may lie anywhere. Looks at names alone, but for the
 * lists of documents.
 */
public final class FilingSurvey {
  private static final int HEAD_BYTES = 4096;

  private static final Comparator<Filing> BY_SUBMISSION =
      Comparator.comparing((Filing filing) -> filing.name().submitted())
          .thenComparingInt(filing -> filing.name().submission());

  private final boolean all;
  private final DocumentList list = new DocumentList();
  private final Set<String> lists = new HashSet<>();

  /** Document ids by what names say, and what names say by the folder that they stand in. */
  private final Map<String, String> ids = new HashMap<>();

  private final Map<String, Set<String>> identities = new HashMap<>();
  private final Map<String, Filing> filings = new LinkedHashMap<>();

  private final Archives archives;
  private final Path scratch;

  private FilingSurvey(boolean all, Archives archives, Path scratch) {
    this.all = all;
    this.scratch = scratch;
    this.archives = archives;
  }

  private record Found(InputFile input, FilingMember member, Path copy) {}

  /**
   * Looks a source through.
   *
   * @param inputs of this source
   * @param all whether all that it holds are filings
   * @param include which places are read
   * @param archives to look into them by
   * @param scratch local folder for copies of what would take another pass over an archive
   * @throws IOException other than {@link UnreadableFileException} when local files cannot be read
   */
  public static FilingSurvey of(
      List<InputFile> inputs,
      boolean all,
      Predicate<String> include,
      Archives archives,
      Path scratch)
      throws IOException {
    var survey = new FilingSurvey(all, archives, scratch);
    var found = new ArrayList<Found>();
    for (var input : inputs) {
      // What cannot be read is a reject when its turn to be read comes.
      archives.open(
          input,
          file -> {
            if (include.test(file.location())) {
              survey.look(input, file, found);
            }
          });
    }
    survey.group(found);
    return survey;
  }

  private void look(InputFile input, RawFile file, List<Found> found) throws IOException {
    if (file.name().toLowerCase(Locale.ROOT).endsWith(".json") && isListed(file)) {
      try {
        list.add(file.bytes());
        lists.add(file.location());
      } catch (UnreadableFileException | JacksonException e) {
        return;
      }
    }
    var member = FilingMember.of(file.location(), all);
    if (member.isPresent()) {
      found.add(new Found(input, member.get(), copy(file, member.get())));
      learn(member.get());
    }
  }

  /** A copy of a file that others will ask for; null where it can be read again. */
  private Path copy(RawFile file, FilingMember member) throws IOException {
    if (!Archives.isStreamed(file.location())) {
      return null;
    }
    try {
      var bytes = file.bytes();
      if (!FilingText.isAskedFor(member, file.name(), bytes)) {
        return null;
      }
      return Files.write(
          Files.createTempFile(Files.createDirectories(scratch), "filing", ""), bytes);
    } catch (UnreadableFileException e) {
      return null;
    }
  }

  private boolean isListed(RawFile file) throws IOException {
    try {
      return DocumentList.isList(
          new String(file.head(HEAD_BYTES), StandardCharsets.ISO_8859_1), all);
    } catch (UnreadableFileException e) {
      return false;
    }
  }

  private void learn(FilingMember member) {
    if (member.name() != null) {
      var identity = member.name().identity();
      identities.computeIfAbsent(member.root(), root -> new HashSet<>()).add(identity);
      if (!member.documentId().isEmpty()) {
        ids.putIfAbsent(identity, member.documentId());
      }
    }
  }

  private void group(List<Found> found) {
    for (var file : found) {
      filings
          .computeIfAbsent(key(file.member), key -> new Filing(key, this::member, archives))
          .add(file.input, file.member, file.copy);
    }
    filings.values().forEach(filing -> filing.listed(list.get(filing.key())));
    var families = new HashMap<String, List<Filing>>();
    for (var filing : filings.values()) {
      if (filing.name() != null && !filing.name().isTdnet()) {
        families.computeIfAbsent(filing.name().family(), f -> new ArrayList<>()).add(filing);
      }
    }
    for (var family : families.values()) {
      family.sort(BY_SUBMISSION);
      for (int i = 0; i < family.size(); i++) {
        family.subList(i + 1, family.size()).forEach(family.get(i)::amendedBy);
      }
    }
    listed();
  }

  /** Amendments that only the list tells of: the names of their files differ, or say nothing. */
  private void listed() {
    for (var filing : filings.values()) {
      var entry = filing.listed();
      var parent = entry == null || !entry.isAmendment() ? null : filings.get(entry.parent());
      boolean byName =
          parent != null
              && parent.name() != null
              && filing.name() != null
              && parent.name().family().equals(filing.name().family());
      // Numbers rise with time; a list that says otherwise must not make two amend each other.
      if (parent != null && !byName && filing.key().compareTo(parent.key()) > 0) {
        parent.amendedBy(filing);
      }
    }
  }

  private String key(FilingMember member) {
    var identity = member.name() == null ? only(member.root()) : member.name().identity();
    if (!member.documentId().isEmpty()) {
      return member.documentId();
    }
    return identity == null ? member.root() : ids.getOrDefault(identity, identity);
  }

  private String only(String root) {
    var known = identities.getOrDefault(root, Set.of());
    return known.size() == 1 ? known.iterator().next() : null;
  }

  private FilingMember member(String location, Filing filing) {
    return FilingMember.of(location, all)
        .filter(member -> filings.get(key(member)) == filing)
        .orElse(null);
  }

  /** Whether a file is a list of documents. */
  boolean isList(String location) {
    return lists.contains(location);
  }

  /** A file of a filing, and the filing. */
  record Part(FilingMember member, Filing filing) {}

  /** What a file is part of; null when it is of no filing. */
  Part part(String location) {
    return FilingMember.of(location, all)
        .map(member -> new Part(member, filings.get(key(member))))
        .filter(part -> part.filing != null)
        .orElse(null);
  }
}
