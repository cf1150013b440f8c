package dev.keizoku.llm.generate;

import ai.djl.Device;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.model.UnitTensors;
import dev.keizoku.llm.model.attention.KvCache;
import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.llm.model.attention.SequenceContext;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.weights.WeightSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole model on one device, or its layers over several, for inference. Confined to the thread
 * that loads it. Sequences of a batch are laid end to end without padding; each sees only itself.
 */
public final class LoadedModel implements AutoCloseable {
  private final CausalLm model;
  private final DeviceMap map;
  private final DeviceMemory memory;
  private final List<DeviceMemory> memories;
  private final DataType type;
  private final List<UnitTensors> units = new ArrayList<>();
  private Map<String, String> digests = Map.of();

  private LoadedModel(ModelConfig config, DeviceMap map, DataType type) {
    this.model = new CausalLm(config);
    this.map = map;
    this.memory = new DeviceMemory(map.first());
    this.memories = map.memories(memory);
    this.type = type;
  }

  /**
   * Loads a model.
   *
   * @param source its weights
   * @param type of the parameters: {@code FLOAT32} or {@code BFLOAT16}
   */
  public static LoadedModel load(
      ModelConfig config, WeightSource source, Device device, DataType type) {
    return load(config, source, DeviceMap.of(device, config), type);
  }

  /**
   * Loads a model, each number to the one device that keeps it.
   *
   * @param source its weights, which are read once
   * @param map of the model's layers
   * @param type of the parameters: {@code FLOAT32} or {@code BFLOAT16}
   */
  public static LoadedModel load(
      ModelConfig config, WeightSource source, DeviceMap map, DataType type) {
    var loaded = new LoadedModel(config, map, type);
    try {
      loaded.read(source);
      return loaded;
    } catch (RuntimeException | Error e) {
      loaded.close();
      throw e;
    }
  }

  private void read(WeightSource source) {
    var places = new HashMap<String, Tensor>();
    for (var unit : model.layout().units()) {
      var flat = memories.get(units.size()).empty(type, unit.elements());
      units.add(new UnitTensors(unit, flat));
      unit.parameters().forEach(parameter -> places.put(parameter.name(), flat));
    }
    digests =
        source.readAll(
            model.layout(),
            (parameter, first, values) -> {
              try (var scope = memory.scope()) {
                HostCopy.write(places.get(parameter.name()), parameter.offset() + first, values);
              }
            });
  }

  /** SHA-256 of the files that the weights were read from, by name; empty where none were. */
  public Map<String, String> digests() {
    return digests;
  }

  /**
   * The same on other devices, whose weights are copied and not read again; closed by itself.
   *
   * @param other devices of the same process
   */
  public LoadedModel copy(DeviceMap other) {
    var copy = new LoadedModel(config(), other, type);
    for (var unit : units) {
      var flat = copy.memories.get(copy.units.size()).copy(unit.flat());
      copy.units.add(new UnitTensors(unit.unit(), flat));
    }
    return copy;
  }

  /** The device where texts go in and predictions come out. */
  public Device device() {
    return memory.device();
  }

  /** Configuration. */
  public ModelConfig config() {
    return model.config();
  }

  /**
   * Logits after every token of every sequence.
   *
   * @param batch token ids
   * @return a row-major [length, vocabulary] array for each sequence
   */
  public float[][] logits(int[][] batch) {
    try (var scope = memory.scope()) {
      var hidden = hidden(batch);
      var logits = new float[batch.length][];
      var start = 0;
      for (var i = 0; i < batch.length; i++) {
        var rows = hidden.narrow(0, start, batch[i].length);
        logits[i] = HostCopy.floats(head(rows));
        start += batch[i].length;
      }
      return logits;
    }
  }

  /**
   * Negative log-likelihood of targets, in nats, without ever holding all logits.
   *
   * @param targets for each sequence and position the id that should come next; below 0 is not
   *     scored
   * @return for each sequence and position; 0 where nothing is scored
   */
  public float[][] losses(int[][] batch, int[][] targets) {
    try (var scope = memory.scope()) {
      var hidden = hidden(batch);
      var losses = new float[batch.length][];
      var start = 0;
      for (var i = 0; i < batch.length; i++) {
        var rows = hidden.narrow(0, start, batch[i].length);
        losses[i] = model.head().losses(rows, targets[i], units.getLast(), units.getFirst());
        start += batch[i].length;
      }
      return losses;
    }
  }

  /** Predicts the next tokens of several sequences side by side; lives as long as this. */
  public Decoder decoder() {
    return new Decoder(model, units::get, memories::get);
  }

  /**
   * The same for another thread, with the same weights in memory.
   *
   * @param other memory of that thread, on {@link #device}
   */
  public Decoder decoder(DeviceMemory other) {
    var others = map.memories(other);
    var shared = new ArrayList<UnitTensors>();
    for (var unit : units) {
      var flat = others.get(shared.size()).alias(unit.flat());
      shared.add(new UnitTensors(unit.unit(), flat));
    }
    return new Decoder(model, shared::get, others::get);
  }

  /** An empty cache for one sequence of up to {@code capacity} tokens; lives as long as this. */
  public KvCache newCache(int capacity) {
    return new KvCache(config(), capacity, type, layer -> memories.get(layer + 1));
  }

  /**
   * Puts the next tokens of a sequence through the model.
   *
   * @param ids one or more tokens that follow the cache's past
   * @param cache takes them in
   * @return logits after the last of them, [vocabulary]
   */
  public float[] next(int[] ids, KvCache cache) {
    try (var scope = memory.scope()) {
      var context = SequenceContext.after(cache, ids.length, config(), memory);
      var hidden = model.hidden(tensor(new int[][] {ids}), context, units::get, memories::get);
      return HostCopy.floats(head(hidden.narrow(0, ids.length - 1L, 1)));
    }
  }

  private Tensor head(Tensor rows) {
    return model.head().logits(rows, units.getLast(), units.getFirst());
  }

  private Tensor hidden(int[][] batch) {
    var segments = new ArrayList<Segment>();
    var start = 0;
    for (var sequence : batch) {
      segments.add(new Segment(start, sequence.length));
      start += sequence.length;
    }
    var context = SequenceContext.of(segments, config(), memory);
    return model.hidden(tensor(batch), context, units::get, memories::get);
  }

  private Tensor tensor(int[][] batch) {
    var total = 0;
    for (var sequence : batch) {
      total += sequence.length;
    }
    var ids = new long[total];
    var at = 0;
    for (var sequence : batch) {
      for (var id : sequence) {
        ids[at++] = id;
      }
    }
    return memory.of(ids, total);
  }

  @Override
  public void close() {
    memory.close();
  }
}
