package dev.keizoku.corpus.read.filing;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file that is part of a filing, told by its path alone.
 *
 * @param root the folder or archive that holds the filing's files
 * @param name what its name says; null when that names no filing
 * @param documentId EDINET's, for instance {@code S100TMMG}; empty when the path has none
 * @param role what it is to the filing
 */
record FilingMember(String root, FilingName name, String documentId, Role role) {

  /** What a file is to its filing; the forms of its text in the order in which they are taken. */
  enum Role {
    /** A page of the body, in iXBRL or plain HTML. */
    PAGE,
    /** The XBRL instance that EDINET makes of the pages. */
    INSTANCE,
    /** The printed filing. */
    PDF,
    /** The instance as a table; its text has lost its tables' cells. */
    CSV,
    /** An instance of the statements only, as from 2008 to 2013. */
    STATEMENTS,
    /** The cover, which names company, period and dates. */
    COVER,
    /** A page of the auditors' report. */
    AUDIT,
    /** A schema, linkbase, manifest, style sheet or picture. */
    COMPANION;

    /** Whether it is one of the forms of the filing's text. */
    boolean isForm() {
      return ordinal() <= STATEMENTS.ordinal();
    }
  }

  private static final Pattern FOLDER =
      Pattern.compile(
          "(?<=^|[/!])(?:(?:XBRL/)?(?:PublicDoc|AuditDoc)|XBRLData/(?:Summary|Attachment)"
              + "|(?:XBRL/)?XBRL_TO_CSV)/");
  private static final Pattern DOCUMENT_ID =
      Pattern.compile("(?<![0-9A-Za-z])S\\d{3}[0-9A-Z]{4}(?![0-9A-Za-z])");

  /** Attachments and translations are documents of their own. */
  private static final Pattern ATTACHED = Pattern.compile("(?<=^|[/!])(?:AttachDoc|EnglishDoc)/");

  private static final Set<String> PAGES = Set.of("htm", "html", "xhtml");
  private static final Set<String> COMPANIONS =
      Set.of("xsd", "xml", "txt", "css", "js", "gif", "jpg", "jpeg", "png", "svg", "bmp");

  /**
   * The part that a file plays.
   *
   * @param location its path below the source's URI
   * @param all whether the source says that all it holds are filings; otherwise only what lies or
   *     is named as EDINET or TDnet do it is one
   */
  static Optional<FilingMember> of(String location, boolean all) {
    int slash = Math.max(location.lastIndexOf('/'), location.lastIndexOf('!'));
    var file = location.substring(slash + 1);
    var name = FilingName.of(file).orElse(null);
    var folder = FOLDER.matcher(location);
    boolean inFolder = folder.find();
    var root = location.substring(0, inFolder ? folder.start() : slash + 1);
    boolean attached = ATTACHED.matcher(location).find();
    var role = role(location, file, name);
    // Documents of others may lie in the folder of a filing, but PDFs bear its name.
    var id = attached ? "" : documentId(role == Role.PDF && !inFolder ? file : location);
    boolean known =
        inFolder || name != null || role == Role.INSTANCE || !id.isEmpty() && role == Role.PDF;
    if (role == null || !known && !(all && role.isForm())) {
      return Optional.empty();
    }
    if (!inFolder && (name == null || role == Role.PDF)) {
      root = location;
    }
    return Optional.of(new FilingMember(root, role == Role.AUDIT ? null : name, id, role));
  }

  private static String documentId(String location) {
    var ids = DOCUMENT_ID.matcher(location);
    var last = "";
    while (ids.find()) {
      last = ids.group();
    }
    return last;
  }

  private static Role role(String location, String file, FilingName name) {
    var extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    boolean audit = location.contains("AuditDoc/") || name != null && name.form().equals("jpaud");
    if (COMPANIONS.contains(extension)) {
      return Role.COMPANION;
    }
    if (PAGES.contains(extension)) {
      boolean cover = file.startsWith("0000000");
      return audit ? Role.AUDIT : cover ? Role.COVER : Role.PAGE;
    }
    return switch (extension) {
      case "xbrl" -> audit ? Role.AUDIT : isStatementsOnly(file) ? Role.STATEMENTS : Role.INSTANCE;
      case "csv" -> audit ? Role.AUDIT : Role.CSV;
      case "pdf" -> Role.PDF;
      default -> null;
    };
  }

  private static boolean isStatementsOnly(String file) {
    return file.startsWith("jpfr-") || file.startsWith("tdnet-");
  }
}
