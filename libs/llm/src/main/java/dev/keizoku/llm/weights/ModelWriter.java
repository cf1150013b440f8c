package dev.keizoku.llm.weights;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.weights.safetensors.FloatFormat;
import dev.keizoku.storage.artifact.ArtifactFolder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes weights as {@code model.safetensors}, or in numbered shards with an index when they are
 * larger than one shard. Streams: never holds more than a part of a tensor.
 */
public final class ModelWriter {
  /** Largest shard, in bytes. */
  public static final long SHARD_BYTES = 2L << 30;

  private final ArtifactFolder folder;
  private final FloatFormat format;
  private final long shardBytes;

  /**
   * @param folder the model's
   * @param format of the numbers
   */
  public ModelWriter(ArtifactFolder folder, FloatFormat format) {
    this(folder, format, SHARD_BYTES);
  }

  ModelWriter(ArtifactFolder folder, FloatFormat format, long shardBytes) {
    this.folder = folder;
    this.format = format;
    this.shardBytes = shardBytes;
  }

  /** Writes all parameters of a model. */
  public void write(ModelLayout layout, WeightSource source) {
    var shards = shards(layout);
    if (shards.size() == 1) {
      writeShard("model.safetensors", shards.getFirst(), source);
      return;
    }
    var map = new TreeMap<String, String>();
    long total = 0;
    for (var i = 0; i < shards.size(); i++) {
      var name = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
      writeShard(name, shards.get(i), source);
      for (var tensor : shards.get(i)) {
        map.put(tensor.name(), name);
        total += tensor.elements() * format.bytes();
      }
    }
    folder.put(
        "model.safetensors.index.json",
        Json.bytes(Map.of("metadata", Map.of("total_size", total), "weight_map", map)));
  }

  private List<List<FileTensor>> shards(ModelLayout layout) {
    var shards = new ArrayList<List<FileTensor>>();
    var bytes = Long.MAX_VALUE;
    for (var tensor : HfWeightNames.of(layout)) {
      var size = tensor.elements() * format.bytes();
      if (bytes > shardBytes - size) {
        shards.add(new ArrayList<>());
        bytes = 0;
      }
      shards.getLast().add(tensor);
      bytes += size;
    }
    return shards;
  }

  private void writeShard(String name, List<FileTensor> tensors, WeightSource source) {
    var header = header(tensors);
    // An attempt that was killed while it exported may have begun the same file.
    folder.dropUnfinished(name);
    try (var upload = folder.create(name)) {
      upload.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
      upload.write(header);
      for (var tensor : tensors) {
        for (var parameter : tensor.parts()) {
          source.read(
              parameter,
              0,
              parameter.elements(),
              (first, values) -> upload.write(format.encode(values, values.length)));
        }
      }
      folder.add(name, upload.commit());
    }
  }

  private byte[] header(List<FileTensor> tensors) {
    var json = new LinkedHashMap<String, Object>();
    json.put("__metadata__", Map.of("format", "pt"));
    long offset = 0;
    for (var tensor : tensors) {
      var end = offset + tensor.elements() * format.bytes();
      json.put(
          tensor.name(),
          Map.of(
              "dtype",
              format.name(),
              "shape",
              tensor.shape(),
              "data_offsets",
              new long[] {offset, end}));
      offset = end;
    }
    var text = new String(Json.bytes(json), StandardCharsets.UTF_8);
    // Tensors begin at a multiple of 8 bytes, as the reference implementation writes them.
    return (text + " ".repeat((8 - text.length() % 8) % 8)).getBytes(StandardCharsets.US_ASCII);
  }
}
