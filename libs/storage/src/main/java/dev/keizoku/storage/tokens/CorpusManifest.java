package dev.keizoku.storage.tokens;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.storage.artifact.ManifestFile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * {@code manifest.json} of a corpus version: what the trainer reads, and where every token is from.
 * The same inputs and the same spec give the same bytes, so it holds no time and no name of a run.
 *
 * @param formatVersion of this record, 1
 * @param version digest of inputs and spec, 64 hex characters; the folder's name
 * @param tool program and version that built it
 * @param tokenizer the tokenizer of all shards
 * @param train what to train on
 * @param heldOut whole documents kept out of training
 * @param provenance where the documents are from and what became of them
 * @param files all files of the version but this one, sorted by path
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CorpusManifest(
    int formatVersion,
    String version,
    String tool,
    TokenizerInfo tokenizer,
    Split train,
    Split heldOut,
    Provenance provenance,
    List<ManifestFile> files) {

  /** The value of {@code formatVersion} that this code writes and reads. */
  public static final int FORMAT_VERSION = 1;

  /** The same with the files that were written. */
  public CorpusManifest withFiles(List<ManifestFile> written) {
    return new CorpusManifest(
        formatVersion, version, tool, tokenizer, train, heldOut, provenance, written);
  }

  /**
   * The tokenizer that made the shards.
   *
   * @param uri folder or file that was named in the spec
   * @param sha256 digest of what the ids depend on, in versions of before recipe 6 of the
   *     vocabulary file: a model with another one must not be trained on these shards
   * @param vocabSize ids are 0 to {@code vocabSize - 1}
   * @param eosToken the token that ends every document
   * @param eosId its id
   * @param bosId id of the token that begins every document; null where none does
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TokenizerInfo(
      String uri, String sha256, int vocabSize, String eosToken, int eosId, Integer bosId) {}

  /**
   * A part of the corpus.
   *
   * @param documents how many
   * @param tokens in all, those that begin and end a document included
   * @param characters Unicode code points of the text
   * @param shards in order; documents are numbered through
   * @param packed how many full sequences the tokens fill, by sequence length; packing itself is
   *     the trainer's
   */
  public record Split(
      long documents, long tokens, long characters, List<Shard> shards, Map<String, Long> packed) {

    /** Bytes that are fetched to read it. */
    public long bytes() {
      return shards.stream()
          .flatMap(shard -> Stream.of(shard.bin(), shard.idx(), shard.ids()))
          .filter(Objects::nonNull)
          .mapToLong(ManifestFile::bytes)
          .sum();
    }
  }

  /**
   * One pair of files.
   *
   * @param documents how many
   * @param tokens how many
   * @param bin int32 tokens, little-endian
   * @param idx Megatron's index
   * @param ids 32 bytes a document: its id, as in {@code documents/*.parquet}; null in versions
   *     that were built before there was such a file
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Shard(
      long documents, long tokens, ManifestFile bin, ManifestFile idx, ManifestFile ids) {}

  /**
   * Where the documents are from.
   *
   * @param spec the run's spec without names and places of output
   * @param sources in the order of the spec
   * @param inputs every file read, sorted by source and path; null from recipe 8 on, where they are
   *     in {@code inputs/files-*.parquet}
   * @param dropped documents dropped, by reason
   * @param decontamination which benchmarks were looked for; null where none was
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Provenance(
      JsonNode spec,
      List<SourceCount> sources,
      List<Input> inputs,
      Map<String, Long> dropped,
      Decontamination decontamination) {}

  /**
   * What was found of benchmarks.
   *
   * @param onHit what became of documents that held a question: Drop, Cut or Report
   * @param benchmarks in the order of the spec
   */
  public record Decontamination(String onHit, List<BenchmarkHits> benchmarks) {}

  /**
   * What was found of one benchmark. Where each question stood is in {@code
   * benchmarks/found.jsonl}.
   *
   * @param name its name, that of the task
   * @param sha256 digest of its questions' texts
   * @param questions how many
   * @param found the questions that stand in documents, by position in the task, in order
   * @param documents how many documents held one
   */
  public record BenchmarkHits(
      String name, String sha256, int questions, List<Integer> found, long documents) {}

  /**
   * What became of one source.
   *
   * @param name the source's name
   * @param uri where it is
   * @param licence as given in the spec
   * @param read documents found
   * @param kept documents kept, held-out ones included
   * @param heldOut documents kept out of training
   * @param characters code points kept
   * @param tokens tokens kept
   * @param dropped documents dropped, by reason; those that could not be read are among them
   * @param rejected files, archive entries and records that could not be read, by reason; empty in
   *     versions that were built before there were such counts, as is {@code leftOut}
   * @param rejectedBytes size of those files and, packed, of those entries; null in such versions
   * @param leftOut files that no reader of the source's format takes, by extension
   * @param files files and archive entries that a reader took; null in versions that were built
   *     before there was such a count
   * @param paragraphs lines and paragraphs that were taken out of documents that stay, by rule;
   *     null in versions that were built before there was such a count
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SourceCount(
      String name,
      String uri,
      String licence,
      long read,
      long kept,
      long heldOut,
      long characters,
      long tokens,
      Map<String, Long> dropped,
      Map<String, Long> rejected,
      Long rejectedBytes,
      Map<String, Long> leftOut,
      Long files,
      Map<String, Long> paragraphs) {

    /** Versions of before there were these counts have none. */
    public SourceCount {
      rejected = rejected == null ? Map.of() : rejected;
      leftOut = leftOut == null ? Map.of() : leftOut;
      paragraphs = paragraphs == null ? Map.of() : paragraphs;
    }
  }

  /**
   * A file that was read.
   *
   * @param source the source's name
   * @param path below the source's URI
   * @param bytes its size
   * @param sha256 digest of its content
   */
  public record Input(String source, String path, long bytes, String sha256) {}

  /**
   * Reads a manifest.
   *
   * @param uri of {@code manifest.json}
   * @param sha256 digest it must have; null is not checked
   * @throws RunFault user errors of the store, {@code InvalidJson}, {@code NotACorpus}
   */
  public static CorpusManifest read(ObjectStore store, StoreUri uri, String sha256) {
    return parse(Manifest.readChecked(store, uri, sha256), uri);
  }

  /** The manifest in those bytes; the URI is for the sentence of a fault. */
  static CorpusManifest parse(byte[] bytes, StoreUri uri) {
    var manifest = Json.read(bytes, CorpusManifest.class, uri.toString());
    if (manifest.formatVersion() == 0 || manifest.train() == null) {
      throw RunFault.userError(
          Reason.NOT_A_CORPUS, uri + " is not the manifest of a corpus version.");
    }
    return manifest;
  }
}
