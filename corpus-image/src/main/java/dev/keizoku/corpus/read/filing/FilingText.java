package dev.keizoku.corpus.read.filing;

import dev.keizoku.corpus.read.filing.FilingMember.Role;
import dev.keizoku.corpus.read.filing.xbrl.FactSheet;
import dev.keizoku.corpus.read.filing.xbrl.InlinePage;
import dev.keizoku.corpus.read.filing.xbrl.Instance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What the text of one file tells about its filing, by the form that it is in. */
final class FilingText {
  private static final Pattern LABELS = Pattern.compile("[_-]lab(?:el)?\\.xml$");

  /** Officers, holders and parts that are continued elsewhere, and the facts of an instance. */
  private static final Pattern ASKED =
      Pattern.compile(
          "InformationAboutOfficers|NameInformationAbout|IndividualOrCorporation"
              + "|continuation|FilerNameInJapaneseDEI|CompanyName");

  private FilingText() {}

  /** Texts of single elements, by name without prefix. */
  static Map<String, String> facts(Role role, String text) throws IOException {
    return switch (role) {
      case INSTANCE, STATEMENTS -> new Instance(text).facts();
      case CSV -> new FactSheet(text).facts();
      case PAGE, COVER -> {
        var page = InlinePage.isInline(text) ? InlinePage.of(text) : null;
        yield page == null ? Map.of() : page.facts();
      }
      default -> Map.of();
    };
  }

  /** Names of blocks of text, without prefix. */
  static Set<String> blocks(Role role, String text) throws IOException {
    return switch (role) {
      case INSTANCE, STATEMENTS -> new Instance(text).blocks();
      case CSV -> new FactSheet(text).blocks();
      case PAGE, COVER -> {
        var page = InlinePage.isInline(text) ? InlinePage.of(text) : null;
        yield page == null ? Set.of() : page.blocks();
      }
      default -> Set.of();
    };
  }

  /** Whether what one file of a filing says is asked for when others are read. */
  static boolean isAskedFor(FilingMember member, String file, byte[] bytes) {
    return switch (member.role()) {
      case COVER, CSV, STATEMENTS -> true;
      case COMPANION -> isLabels(file);
      case PAGE, INSTANCE -> {
        boolean later = member.name() != null && member.name().submission() > 1;
        yield later || ASKED.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).find();
      }
      default -> false;
    };
  }

  /** Whether a file of this name holds the Japanese names of a filing's own elements. */
  static boolean isLabels(String file) {
    return LABELS.matcher(file).find();
  }
}
