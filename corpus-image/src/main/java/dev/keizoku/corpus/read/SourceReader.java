package dev.keizoku.corpus.read;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.corpus.read.archive.Archives;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.corpus.read.file.PathGlob;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.read.filing.FilingReader;
import dev.keizoku.corpus.read.filing.FilingSurvey;
import dev.keizoku.corpus.read.html.HtmlReader;
import dev.keizoku.corpus.read.html.WarcPagesReader;
import dev.keizoku.corpus.read.law.EgovXmlReader;
import dev.keizoku.corpus.read.office.OfficeReader;
import dev.keizoku.corpus.read.pdf.PdfReader;
import dev.keizoku.corpus.read.record.CsvTableReader;
import dev.keizoku.corpus.read.record.JsonLinesReader;
import dev.keizoku.corpus.read.record.ParquetTableReader;
import dev.keizoku.corpus.read.text.ConlluReader;
import dev.keizoku.corpus.read.text.MarkdownReader;
import dev.keizoku.corpus.read.text.TextReader;
import dev.keizoku.corpus.read.wiki.CirrusReader;
import dev.keizoku.corpus.read.wiki.MediaWikiReader;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads the files of one source, each by the reader of its format. */
public final class SourceReader {
  private static final Map<Format, FormatReader> READERS = new EnumMap<>(Format.class);

  /** Which names a format takes out of a folder or archive; text takes what no other does. */
  private static final Map<Format, List<String>> EXTENSIONS = new EnumMap<>(Format.class);

  private static final List<String> TEXT =
      List.of("txt", "text", "sjis", "eucjp", "jis", "utf8", "utf16");

  /** Pages of servers that make them, as wget stores them. */
  private static final List<String> PAGES_OF_PROGRAMS =
      List.of("aspx", "asp", "php", "jsp", "do", "cgi", "shtml");

  /** What wget keeps of an address behind the name, {@code release.html@lang=ja}. */
  private static final Pattern QUERY = Pattern.compile("[@?].*");

  /** What a page begins with whose address has no name of a file. */
  private static final Pattern PAGE =
      Pattern.compile("(?i)^\\s*(?:<\\?xml[^>]*>\\s*)?<(?:!doctype html|html)");

  private static final int SNIFFED_BYTES = 8192;

  private static final String FAILED = "its reader failed: ";

  /** Formats whose names no other has. */
  private static final List<Format> BY_NAME =
      List.of(
          Format.JSONL,
          Format.CSV,
          Format.PARQUET,
          Format.MARKDOWN,
          Format.CONLLU,
          Format.PDF,
          Format.OFFICE,
          Format.WARC);

  /** Of which a tab in a text is the border of two cells. */
  private static final Set<Format> WITH_TABLES =
      EnumSet.of(
          Format.HTML,
          Format.WARC,
          Format.EGOV_XML,
          Format.MEDIAWIKI,
          Format.MARKDOWN,
          Format.PDF,
          Format.OFFICE);

  static {
    READERS.put(Format.TEXT, new TextReader());
    READERS.put(Format.JSONL, new JsonLinesReader(UnaryOperator.identity()));
    READERS.put(Format.HTML, new HtmlReader());
    READERS.put(Format.EGOV_XML, new EgovXmlReader());
    READERS.put(Format.CSV, new CsvTableReader());
    READERS.put(Format.PARQUET, new ParquetTableReader());
    READERS.put(Format.MEDIAWIKI, new MediaWikiReader());
    READERS.put(Format.CIRRUS, new CirrusReader());
    READERS.put(Format.WARC, new WarcPagesReader());
    READERS.put(Format.MARKDOWN, new MarkdownReader());
    READERS.put(Format.CONLLU, new ConlluReader());
    READERS.put(Format.PDF, new PdfReader());
    READERS.put(Format.OFFICE, new OfficeReader());
    EXTENSIONS.put(Format.TEXT, TEXT);
    EXTENSIONS.put(Format.JSONL, List.of("jsonl", "ndjson", "json"));
    EXTENSIONS.put(Format.HTML, List.of("html", "htm", "xhtml"));
    EXTENSIONS.put(Format.EGOV_XML, List.of("xml"));
    EXTENSIONS.put(Format.CSV, List.of("csv", "tsv", "tab"));
    EXTENSIONS.put(Format.PARQUET, List.of("parquet"));
    EXTENSIONS.put(Format.MEDIAWIKI, List.of("xml", "jsonl", "ndjson", "json"));
    EXTENSIONS.put(Format.CIRRUS, List.of("json", "jsonl", "ndjson"));
    EXTENSIONS.put(Format.WARC, List.of("warc", "wet"));
    EXTENSIONS.put(Format.MARKDOWN, List.of("md", "markdown"));
    EXTENSIONS.put(Format.CONLLU, List.of("conllu"));
    EXTENSIONS.put(Format.PDF, List.of("pdf"));
    EXTENSIONS.put(
        Format.OFFICE,
        List.of("doc", "docx", "docm", "xlsx", "xlsm", "xls", "pptx", "pptm", "ppt"));
  }

  private final Source source;
  private final Archives archives;
  private final Format format;
  private final PathGlob include;
  private final ReadOptions options;
  private final FilingReader filings;

  /**
   * A reader of a source's files.
   *
   * @param inputs all of the source's files: what one of them is may depend on the others
   * @param scratch local folder for what is unpacked for as long as it is read
   * @param read told as bytes of the files are read, with how many
   * @throws IOException when the local copies cannot be read
   */
  public SourceReader(Source source, List<InputFile> inputs, Path scratch, LongConsumer read)
      throws IOException {
    this.source = source;
    this.archives = new Archives(scratch, read);
    this.format = source.format() == null ? Format.AUTO : source.format();
    this.include = new PathGlob(source.include());
    this.options =
        new ReadOptions(
            source.encoding(),
            source.textField() == null ? "text" : source.textField(),
            source.recordFields(),
            Boolean.TRUE.equals(source.keepRuby()));
    boolean any = format == Format.EDINET || format == Format.AUTO;
    var survey =
        FilingSurvey.of(
            any ? inputs : List.of(), format == Format.EDINET, this::includes, archives, scratch);
    this.filings = new FilingReader(survey, source.filings());
  }

  /**
   * Reads a file and tells what was found; what cannot be read is told too.
   *
   * @throws IOException other than {@link UnreadableFileException} when the local copy cannot be
   *     read
   */
  public void read(InputFile input, SourceVisitor visitor) throws IOException {
    archives.open(input, new Reading(input, visitor));
  }

  /** The file itself, or an archive that it is in. */
  private boolean includes(String location) {
    var path = location.replace('!', '/');
    return include.matches(path)
        || IntStream.range(0, location.length())
            .filter(i -> location.charAt(i) == '!')
            .anyMatch(i -> include.matches(path.substring(0, i)));
  }

  /** What is done with the files in one input. */
  private final class Reading implements Archives.Visitor {
    private final SourceVisitor visitor;

    /** A file that the user named is read whatever it is called. */
    private final boolean named;

    Reading(InputFile input, SourceVisitor visitor) {
      this.visitor = visitor;
      this.named = !source.uri().endsWith("/") && !Archives.isArchive(input.path());
    }

    @Override
    public boolean enters(String archive) {
      return includes(archive) || include.mayMatchBelow(archive.replace('!', '/'));
    }

    @Override
    public void visit(RawFile file) throws IOException {
      if (includes(file.location())) {
        try {
          read(file);
        } catch (IOException | RuntimeException | StackOverflowError e) {
          var why = UnreadableFileException.of(e, RejectReason.READER_FAILED, FAILED + e);
          reject(why.at(file.location(), file.packedBytes()));
        }
      }
    }

    @Override
    public void reject(UnreadableFileException fault) {
      visitor.reject(fault);
    }

    private void read(RawFile file) throws IOException {
      var reader = reader(file, named);
      if (reader == null) {
        visitor.leftOut(file.location());
      } else {
        visitor.taken();
        boolean tables =
            reader == filings
                || WITH_TABLES.stream().anyMatch(format -> READERS.get(format) == reader);
        reader.read(file, options, task -> visitor.document(() -> parse(file, task, tables)));
      }
    }
  }

  /** What reads a file; null when nothing does. */
  private FormatReader reader(RawFile file, boolean named) throws IOException {
    if (filings.takes(file)) {
      return filings;
    }
    var chosen = format == Format.AUTO ? detect(file, named) : format;
    if (format == Format.AUTO && chosen == Format.EDINET) {
      return filings;
    }
    boolean taken = named || format == Format.AUTO || chosen != null && takes(chosen, file);
    return taken ? READERS.get(chosen) : null;
  }

  private static Document parse(RawFile file, DocumentTask task, boolean tables)
      throws IOException {
    try {
      var document = task.parse();
      return tables ? document.withTables() : document;
    } catch (UncheckedIOException e) {
      // No disk: what fails there while a document is made says so by a fault of the run.
      throw new UnreadableFileException(RejectReason.READER_FAILED, FAILED + e, e)
          .at(file.location(), file.packedBytes());
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw UnreadableFileException.of(e, RejectReason.READER_FAILED, FAILED + e)
          .at(file.location(), file.packedBytes());
    }
  }

  private static boolean takes(Format format, RawFile file) {
    return EXTENSIONS.getOrDefault(format, List.of()).contains(extension(file))
        || format == Format.HTML && PAGES_OF_PROGRAMS.contains(extension(file))
        || format == Format.TEXT && !isKnown(extension(file));
  }

  private static boolean isKnown(String extension) {
    // A table may be read as text, where a source says so.
    return EXTENSIONS.entrySet().stream()
        .anyMatch(known -> known.getKey() != Format.CSV && known.getValue().contains(extension));
  }

  private static String extension(RawFile file) {
    var name = file.name();
    var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return QUERY.matcher(extension).replaceFirst("");
  }

  /** The format by name and, where names are shared, by content; null for a stranger. */
  private static Format detect(RawFile file, boolean named) throws IOException {
    var extension = extension(file);
    if (extension.equals("htm") || extension.equals("html") || extension.equals("xhtml")) {
      return head(file).contains("inlineXBRL") ? Format.EDINET : Format.HTML;
    }
    if (extension.equals("xml")) {
      var head = head(file);
      return head.contains("<Law")
          ? Format.EGOV_XML
          : head.contains("<mediawiki") ? Format.MEDIAWIKI : null;
    }
    if (extension.equals("xbrl")) {
      return Format.EDINET;
    }
    for (var format : BY_NAME) {
      if (EXTENSIONS.get(format).contains(extension)) {
        boolean cirrus = format == Format.JSONL && CirrusReader.isDump(head(file));
        return cirrus ? Format.CIRRUS : format;
      }
    }
    if (named && !TEXT.contains(extension) && PAGE.matcher(head(file)).find()) {
      return Format.HTML;
    }
    return named || TEXT.contains(extension) ? Format.TEXT : null;
  }

  private static String head(RawFile file) throws IOException {
    return new String(file.head(SNIFFED_BYTES), StandardCharsets.ISO_8859_1);
  }
}
