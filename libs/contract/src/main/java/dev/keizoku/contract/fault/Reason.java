package dev.keizoku.contract.fault;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every reason that a program gives, in its final report or in a notice. What a resource's
 * conditions and events show is its {@link #word}; a reader must expect words of newer programs.
 */
public enum Reason {
  // The run file and what is asked
  /** No run file was given. */
  RUN_FILE_MISSING("RunFileMissing"),
  /** The run file cannot be read from disk. */
  RUN_FILE_UNREADABLE("RunFileUnreadable"),
  /** The run file holds a value that is not possible. */
  RUN_FILE_INVALID("RunFileInvalid"),
  /** Neither epochs nor steps say when a training ends. */
  LENGTH_UNKNOWN("LengthUnknown"),
  /** The benchmark has no task of that name. */
  UNKNOWN_TASK("UnknownTask"),
  /** A task's file is not what lm-evaluation-harness reads, or asks for what is not done here. */
  TASK_FILE_INVALID("TaskFileInvalid"),
  /** A task's rows cannot be asked. */
  TASK_DATA_INVALID("TaskDataInvalid"),
  /** A template cannot be rendered. */
  TEMPLATE_INVALID("TemplateInvalid"),
  /** The task has no prompts of that version. */
  UNKNOWN_PROMPT_VERSION("UnknownPromptVersion"),
  /** A model has no chat template, or one that cannot be rendered. */
  CHAT_TEMPLATE_INVALID("ChatTemplateInvalid"),
  /** Answers would be longer than the model's positions. */
  TOO_MANY_NEW_TOKENS("TooManyNewTokens"),
  /** A model predicts what is no number. */
  NOT_A_NUMBER("NotANumber"),
  /** A benchmark question is longer than the model's positions. */
  QUESTION_DOES_NOT_FIT("QuestionDoesNotFit"),
  /** The sequence is empty or longer than the model's positions. */
  SEQUENCE_LENGTH("SequenceLength"),
  /** The run's sequences are longer than the model's positions. */
  SEQUENCE_TOO_LONG("SequenceTooLong"),
  /** A token id is outside of the model's vocabulary. */
  TOKEN_ID("TokenId"),
  /** The output holds checkpoints of a run with other settings. */
  OUTPUT_OF_ANOTHER_RUN("OutputOfAnotherRun"),
  /** A local file to upload is not there. */
  FILE_NOT_FOUND("FileNotFound"),
  /** An object's name would leave the folder that it is loaded into. */
  NAME_NOT_SAFE("NameNotSafe"),

  // Corpora
  /** A source's bytes cannot be read as its format. */
  UNREADABLE_SOURCE("UnreadableSource"),
  /** Files of a source are of no format that its reader takes. */
  FILES_LEFT_OUT("FilesLeftOut"),
  /** Documents that are to be taken out are not there. */
  REMOVALS_NOT_FOUND("RemovalsNotFound"),
  /** What was kept of sources and is needed no more cannot be deleted. */
  KEPT_NOT_DELETED("KeptNotDeleted"),
  /** A source names no file. */
  SOURCE_EMPTY("SourceEmpty"),
  /** The filters dropped every document. */
  NO_DOCUMENTS_LEFT("NoDocumentsLeft"),
  /** More of a source are duplicates than its limit allows. */
  TOO_MANY_DUPLICATES("TooManyDuplicates"),
  /** Questions of a benchmark cannot be read. */
  BENCHMARK_UNREADABLE("BenchmarkUnreadable"),
  /** Documents hold questions of a benchmark that must not be in the corpus. */
  BENCHMARK_QUESTIONS_FOUND("BenchmarkQuestionsFound"),
  /** A corpus version has no document of that id. */
  DOCUMENT_NOT_FOUND("DocumentNotFound"),
  /** The manifest is not that of a corpus version. */
  NOT_A_CORPUS("NotACorpus"),
  /** The corpus version was written in a format of another release. */
  CORPUS_FORMAT_UNKNOWN("CorpusFormatUnknown"),
  /** The corpora hold less than one batch. */
  CORPUS_TOO_SMALL("CorpusTooSmall"),
  /** A corpus that is needed for perplexity has no held-out split. */
  NO_HELD_OUT("NoHeldOut"),
  /** The held-out split is shorter than a sequence. */
  NO_HELD_OUT_TEXT("NoHeldOutText"),
  /** A corpus of a training holds out what another trains on. */
  HELD_OUT_TRAINED_ON("HeldOutTrainedOn"),

  // Models and tokenizers
  /** There is no model at the URI. */
  MODEL_NOT_FOUND("ModelNotFound"),
  /** The model lacks a file or a tensor. */
  MODEL_INCOMPLETE("ModelIncomplete"),
  /** The model's tensors do not have the shapes of its config.json. */
  MODEL_MISMATCH("ModelMismatch"),
  /** The model's config.json asks for what is not implemented. */
  MODEL_NOT_SUPPORTED("ModelNotSupported"),
  /** The model's weights are pickled, which can run code when read. */
  PICKLE_REFUSED("PickleRefused"),
  /** A safetensors file is damaged. */
  SAFE_TENSORS_INVALID("SafeTensorsInvalid", true),
  /** A weight is infinite or no number. */
  WEIGHTS_NOT_FINITE("WeightsNotFinite"),
  /** There is no tokenizer at the URI. */
  TOKENIZER_NOT_FOUND("TokenizerNotFound"),
  /** The tokenizer's files cannot be used. */
  TOKENIZER_INVALID("TokenizerInvalid"),
  /** A corpus and the model have different tokenizers. */
  TOKENIZER_MISMATCH("TokenizerMismatch"),
  /** A BOS token is asked of a tokenizer that has none. */
  NO_BOS_TOKEN("NoBosToken"),
  /** A corpus begins its documents with BOS where the training does not, or the other way round. */
  BOS_MISMATCH("BosMismatch"),

  // Devices
  /** The plan does not know this kind of device. */
  DEVICE_UNKNOWN("DeviceUnknown"),
  /** The machine has fewer devices than the run has ranks. */
  DEVICES_MISSING("DevicesMissing"),
  /** A GPU is too old for what the run wants of it. */
  DEVICE_TOO_OLD("DeviceTooOld"),
  /** The run does not fit into the device or the host. */
  TOO_LITTLE_MEMORY("TooLittleMemory"),
  /** The libtorch that is loaded is not the one that this release was built for. */
  LIB_TORCH_VERSION("LibTorchVersion"),

  // Object stores and hubs
  /** The text is not a URI that a store knows. */
  INVALID_URI("InvalidUri"),
  /** The store's endpoint is not a URL. */
  INVALID_ENDPOINT("InvalidEndpoint"),
  /** A model's endpoint gives no answer. */
  ENDPOINT_SILENT("EndpointSilent"),
  /** The endpoint does not answer as S3 does. */
  ENDPOINT_NOT_S3("EndpointNotS3"),
  /** The bucket is not there. */
  BUCKET_NOT_FOUND("BucketNotFound"),
  /** The object is not there. */
  OBJECT_NOT_FOUND("ObjectNotFound", true),
  /** The object is larger than what may be read or written at once. */
  OBJECT_TOO_LARGE("ObjectTooLarge"),
  /** The object ends before the bytes that were asked for. */
  OBJECT_TOO_SHORT("ObjectTooShort", true),
  /** The object changed while it was read. */
  OBJECT_CHANGED("ObjectChanged"),
  /**
   * The bytes do not have the digest that was promised, by a manifest, a pin in the run file or a
   * hub. Exit 42 wherever it is found: who reads a store's bytes reads them a second time before he
   * says so, which mends what the way there has damaged, and a third time by another attempt would
   * give the same bytes. Who has another copy, as the checkpoint before, asks {@link #damage} and
   * goes on with that.
   */
  DIGEST_MISMATCH("DigestMismatch", true),
  /** A file of JSON cannot be read as what it should hold. */
  INVALID_JSON("InvalidJson", true),
  /** A token shard or its index is damaged. */
  INVALID_SHARD("InvalidShard", true),
  /** A checkpoint is damaged. */
  CHECKPOINT_INVALID("CheckpointInvalid", true),
  /** The credentials may not do this. */
  STORAGE_ACCESS_DENIED("StorageAccessDenied"),
  /** An S3 store is used without credentials. */
  STORAGE_CREDENTIALS_MISSING("StorageCredentialsMissing"),
  /** The store does not know the credentials. */
  STORAGE_CREDENTIALS_REFUSED("StorageCredentialsRefused"),
  /** An S3 store is used without an endpoint. */
  STORAGE_ENDPOINT_MISSING("StorageEndpointMissing"),
  /** The store's certificate is not trusted. */
  STORAGE_NOT_TRUSTED("StorageNotTrusted"),
  /** The folder cannot be written to. */
  STORAGE_NOT_WRITABLE("StorageNotWritable"),
  /** The store can only be read from. */
  STORAGE_READ_ONLY("StorageReadOnly"),
  /** The store refused the request for good. */
  STORAGE_REFUSED("StorageRefused"),
  /** The bucket, its quota or the file system has no room left. */
  STORAGE_FULL("StorageFull"),
  /** A file or stream broke. */
  STORAGE_FAILED("StorageFailed"),
  /** The store did not answer for as long as was waited. */
  STORAGE_UNAVAILABLE("StorageUnavailable"),
  /** The hub's repository needs a token or an agreement. */
  HUB_ACCESS_DENIED("HubAccessDenied"),
  /** The hub does not know the token. */
  HUB_CREDENTIALS_REFUSED("HubCredentialsRefused"),
  /** The hub's certificate is not trusted. */
  HUB_NOT_TRUSTED("HubNotTrusted"),
  /** The hub refused the request for good. */
  HUB_REFUSED("HubRefused"),
  /** The hub's repository has no such revision. */
  REVISION_NOT_FOUND("RevisionNotFound"),
  /** A file in the scratch folder cannot be written or read. */
  SCRATCH_FAILED("ScratchFailed"),
  /** The scratch folder cannot be used at all. */
  SCRATCH_UNUSABLE("ScratchUnusable"),
  /** The disk of the scratch folder is full. */
  SCRATCH_FULL("ScratchFull"),

  // How a training goes
  /** The loss is not finite or does not come down again. */
  DIVERGED("Diverged"),
  /** The perplexity of the watched text rose too far. */
  FORGETTING("Forgetting"),
  /** A step whose numbers are not finite was left out. */
  STEP_SKIPPED("StepSkipped"),
  /** The run went back to a checkpoint and leaves documents out. */
  ROLLED_BACK("RolledBack"),
  /** The learning rate was lowered since the model forgot. */
  LEARNING_RATE_LOWERED("LearningRateLowered"),
  /** A damaged checkpoint was passed over. */
  CHECKPOINT_SKIPPED("CheckpointSkipped"),
  /** The learning rate warms up until the last step. */
  WARMUP_TOO_LONG("WarmupTooLong"),

  // How a program ends
  /** The work is done and its artifact committed. */
  COMPLETED("Completed"),
  /** The training's needs are known. */
  PLANNED("Planned"),
  /** Stopped on request; what was done is saved. */
  STOPPED("Stopped"),
  /** A later attempt of the run has taken over. */
  SUPERSEDED("Superseded"),
  /** Stopped while waiting for a store. */
  INTERRUPTED("Interrupted"),
  /** The program needs more memory than its heap. */
  OUT_OF_MEMORY("OutOfMemory"),
  /** A fault that has no sentence of its own. */
  UNEXPECTED_FAULT("UnexpectedFault");

  private static final Map<String, Reason> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(Reason::word, Function.identity()));

  private final String word;
  private final boolean damage;

  Reason(String word) {
    this(word, false);
  }

  Reason(String word, boolean damage) {
    this.word = word;
    this.damage = damage;
  }

  /** The CamelCase word, at most 64 characters. */
  public String word() {
    return word;
  }

  /** The same, so that no message says anything else to a user. */
  @Override
  public String toString() {
    return word;
  }

  /**
   * Whether what is stored is not what was written: another copy, or the one before it, may serve.
   * A fault of such a reason is a user error: no other attempt reads anything else.
   */
  public boolean damage() {
    return damage;
  }

  /** The reason with that word; empty for a word of another release. */
  public static Optional<Reason> of(String word) {
    return Optional.ofNullable(word).map(BY_WORD::get);
  }
}
