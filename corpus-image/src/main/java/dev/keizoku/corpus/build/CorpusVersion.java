package dev.keizoku.corpus.build;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.Decontamination;
import dev.keizoku.contract.corpus.Deduplication;
import dev.keizoku.contract.corpus.Rules;
import dev.keizoku.corpus.questions.BenchmarkQuestions.QuestionSet;
import dev.keizoku.corpus.read.StagedInputs.Missing;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.corpus.versions.EarlierVersions;
import dev.keizoku.storage.tokens.CorpusManifest.Input;
import dev.keizoku.tokenizer.TextStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The name of a version: the digest of everything that its texts follow from, known before the work
 * begins. Where the files lay is not in it: a copied bucket gives the same version.
 *
 * @param spec the run's spec without names and places of output
 * @param inputs every file, with its digest
 * @param digest 64 hex characters
 */
record CorpusVersion(JsonNode spec, List<Input> inputs, String digest) {

  /** Changes whenever the same inputs and spec would give other bytes. */
  private static final int RECIPE = 10;

  /** What was learnt or listed and decides of texts: weights of words, names of accounts. */
  private static final List<String> TABLES =
      List.of("/finance/weights.properties", "/dev/keizoku/corpus/read/filing/xbrl/accounts.tsv");

  /** What wrote the version, as the manifest says it. */
  static final String TOOL = "keizoku-corpus recipe " + RECIPE;

  static CorpusVersion of(
      CorpusRun run, List<InputFile> files, String tokenizerSha256, TextStart start, Named named) {
    var inputs =
        files.stream()
            .map(
                file ->
                    new Input(
                        run.sources().get(file.source()).name(),
                        file.path(),
                        file.bytes(),
                        file.sha256()))
            .toList();
    var spec =
        Json.tree(
            new Spec(
                run.sources(),
                run.filters(),
                run.deduplication(),
                named.benchmarks.isEmpty() ? null : run.decontaminate(),
                run.tokenizer(),
                run.heldOut(),
                run.randomness().seed()));
    var identity =
        new Identity(
            program(),
            placeless(spec),
            run.sources().stream().map(source -> source.rules(run.filters())).toList(),
            contents(run, files),
            tokenizerSha256,
            start.named(),
            named);
    return new CorpusVersion(spec, inputs, Digests.sha256(Json.bytes(identity)));
  }

  /**
   * Digests of what a run names by place.
   *
   * @param benchmarks of the questions of each benchmark
   * @param removals of the names of what is taken out; null for nothing
   * @param against earlier versions whose documents are left out
   * @param carriedFrom earlier versions whose held-out documents stay so
   * @param missing places of files that are counted as missing; null for none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Named(
      List<String> benchmarks,
      String removals,
      List<String> against,
      List<String> carriedFrom,
      List<String> missing) {

    /** What a run looks for and is compared with. */
    static Named of(CorpusRun run, ReadStage.Wanted wanted, EarlierVersions earlier) {
      return new Named(
          wanted.questions().sets().stream().map(QuestionSet::sha256).toList(),
          wanted.removals().sha256(),
          earlier.digests(run.deduplication().against()),
          earlier.digests(run.heldOut().carriedFrom()),
          null);
    }

    /** The same without some files. */
    Named without(List<Missing> files) {
      var places = files.stream().map(file -> file.fault().place()).sorted().toList();
      return new Named(
          benchmarks, removals, against, carriedFrom, places.isEmpty() ? null : places);
    }
  }

  /** The spec without the places of what is known by its content. */
  private static JsonNode placeless(JsonNode spec) {
    var bare = (ObjectNode) spec.deepCopy();
    bare.remove("tokenizer");
    bare.path("sources").forEach(source -> ((ObjectNode) source).remove("uri"));
    ((ObjectNode) bare.path("deduplication")).remove("against");
    ((ObjectNode) bare.path("heldOut")).remove("carriedFrom");
    bare.at("/decontaminate/benchmarks")
        .forEach(benchmark -> ((ObjectNode) benchmark).remove("uri"));
    return bare;
  }

  /** The files of each source, whatever folder holds them all and in whatever order. */
  private static List<Content> contents(CorpusRun run, List<InputFile> files) {
    var contents = new ArrayList<Content>();
    for (int i = 0; i < run.sources().size(); i++) {
      int source = i;
      var own = files.stream().filter(file -> file.source() == source).toList();
      int folder =
          own.stream()
                  .map(InputFile::path)
                  .reduce(CorpusVersion::shared)
                  .orElse("")
                  .lastIndexOf('/')
              + 1;
      own.stream()
          .map(
              file ->
                  new Content(source, file.path().substring(folder), file.sha256(), file.charset()))
          .sorted(Comparator.comparing(Content::path).thenComparing(Content::sha256))
          .forEach(contents::add);
    }
    return contents;
  }

  private static String shared(String path, String other) {
    int end = 0;
    while (end < Math.min(path.length(), other.length()) && path.charAt(end) == other.charAt(end)) {
      end++;
    }
    return path.substring(0, end);
  }

  /**
   * What reads, cleans and measures.
   *
   * @param tool this program
   * @param libraries versions by name
   * @param tables digests by name, of what it was given beside its code
   */
  record Program(
      String tool, SortedMap<String, String> libraries, SortedMap<String, String> tables) {}

  /** The one that runs. */
  static Program program() {
    return new Program(TOOL, libraries(), tables());
  }

  private static SortedMap<String, String> tables() {
    var digests = new TreeMap<String, String>();
    for (var table : TABLES) {
      try (var in = CorpusVersion.class.getResourceAsStream(table)) {
        digests.put(table, Digests.sha256(in.readAllBytes()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return digests;
  }

  /** The versions of what reads: another one may find another text in the same bytes. */
  private static SortedMap<String, String> libraries() {
    var versions = new Properties();
    try (var in = CorpusVersion.class.getResourceAsStream("libraries.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var sorted = new TreeMap<String, String>();
    versions.forEach((name, version) -> sorted.put(name.toString(), version.toString()));
    sorted.put("java", "" + Runtime.version().feature());
    return sorted;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Spec(
      List<CorpusRun.Source> sources,
      CorpusRun.Filters filters,
      Deduplication deduplication,
      Decontamination decontaminate,
      String tokenizer,
      CorpusRun.HeldOut heldOut,
      long seed) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record Content(int source, String path, String sha256, String charset) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Identity(
      Program program,
      JsonNode spec,
      List<Rules> rules,
      List<Content> inputs,
      String tokenizerSha256,
      Integer bosId,
      Named named) {}
}
