package dev.keizoku.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.result.PlanResult;
import dev.keizoku.program.device.DeviceKind;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.trainer.loop.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PlanCommandTest {
  private static final Path RESOURCES = Path.of("src/test/resources/plan");
  private static final String[] PAPER = {
    RESOURCES.resolve("paper-run.yaml").toString(),
    "--config=" + RESOURCES.resolve("nekomata-14b-config.json"),
    "--tokens=370000000"
  };

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void thePapersRunFitsFourDevicesOf80GB() {
    assertThat(run(PAPER, "--device=A100-80GB")).isZero();
    assertThat(out.toString())
        .contains("14.17 billion parameters, 40 layers, vocabulary 152,064")
        .contains("4 x A100-80GB, ZeRO stage 3, bf16, activation checkpointing")
        .contains("24 sequences of 2,048 tokens = 4 devices x 3 a micro-batch x 2 accumulation")
        .containsPattern("parameters +6.60\n")
        .containsPattern("gradients +13.2\n")
        .containsPattern("optimizer state +39.6\n")
        .contains("37,638 steps of 49,152 tokens")
        .contains("1.85 billion in all")
        .contains(" free", "GPU-hours");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aRunThatDoesNotFitIsRefusedWithTheSettingThatWould() {
    assertThat(run(PAPER, "--device=a100-40gb")).isEqualTo(42);
    assertThat(out.toString()).contains("does not fit");
    assertThat(err.toString())
        .startsWith("TooLittleMemory: The run needs ")
        .contains("A100-40GB has 38.0", "parallelism.offloadOptimizer: true")
        .doesNotContain("zeroStage", "activationCheckpointing");
  }

  @Test
  void aMeasuredSpeedGivesTheHours() {
    assertThat(run(PAPER, "--tokens-per-second=10000")).isZero();
    assertThat(out.toString())
        .contains("4 x device", "10,000 tokens/s (as given)", "51.4 hours, 205.6 GPU-hours")
        .doesNotContain("free");
  }

  @Test
  void aWarmUpThatOutlastsTheRunIsTold() throws IOException {
    var log = folder.resolve("termination-log");
    Files.createFile(log);
    var run = paper("warmupSteps: 0", "warmupSteps: 40000");
    assertThat(run(run, "--termination-log=" + log)).isZero();
    var told = "The warm-up of 40000 steps outlasts the run of 37638";
    assertThat(out.toString()).contains("warning   " + told);
    var report = Json.read(Files.readAllBytes(log), FinalReport.class, "report");
    assertThat(report.plan().summary()).contains("tokens. " + told);
  }

  @Test
  void anUnknownDeviceIsToldWithTheKnownOnes() {
    assertThat(run(PAPER, "--device=TPU")).isEqualTo(42);
    assertThat(err.toString()).contains("no device 'TPU'", "A100-40GB", "L40S-48GB");
  }

  @Test
  void whatIsNoCorpusIsToldSo() throws IOException {
    var manifest = folder.resolve("manifest.json");
    Files.writeString(manifest, "{\"kind\": \"model\"}");
    var file = folder.resolve("run.yaml");
    var yaml = Files.readString(RESOURCES.resolve("paper-run.yaml"));
    Files.writeString(
        file, yaml.replace("s3://corpora/finance/versions/0/manifest.json", "file://" + manifest));
    assertThat(run(new String[] {file.toString(), PAPER[1]})).isEqualTo(42);
    assertThat(err.toString()).contains("is not the manifest of a corpus version");
  }

  @Test
  void diskNetworkAndWaitsAreInThePlan() {
    assertThat(run(PAPER, "--device=A100-80GB", "--pod-memory=" + (512L << 30))).isZero();
    assertThat(out.toString())
        .containsPattern("disk +1.38 GiB on the scratch volume\n")
        .containsPattern("network +54.2 GiB to read before the first step \\(4 minutes\\)")
        .containsPattern(
            "saving +158.3 GiB a checkpoint, copied to host memory: the devices wait 5.3 s")
        .contains("% of the time, its upload takes 11 minutes", "assumed: 250 MB/s");
    out.getBuffer().setLength(0);
    // Of such a pod 48 GiB are outside of the heap.
    assertThat(run(PAPER, "--device=A100-80GB", "--pod-memory=" + (64L << 30))).isZero();
    assertThat(out.toString())
        .containsPattern("disk +159.7 GiB on the scratch volume, a checkpoint of it\n")
        .contains("copied to the scratch volume: the devices wait 6 minutes");
  }

  @Test
  void cardsWithoutLinksAreNotPlannedAsThoseWithThem() {
    assertThat(run(PAPER, "--gpu-product=NVIDIA-A100-80GB-PCIe")).isZero();
    assertThat(out.toString())
        .contains("4 x A100-80GB-PCIe", "assumed: 15 % of 312 TFLOP/s a device", "303.2 hours");
  }

  @Test
  void everyKindOfTheTableIsTold() {
    assertThat(DeviceKind.table())
        .extracting(DeviceKind::name)
        .contains(
            "H100-80GB-PCIe",
            "H100-94GB-NVL",
            "H200-141GB",
            "B200-180GB",
            "L40S-48GB",
            "L4-24GB",
            "A6000-48GB")
        .doesNotHaveDuplicates();
    assertThat(DeviceKind.table().stream().flatMap(kind -> kind.products().stream()))
        .doesNotHaveDuplicates();
    assertThat(DeviceKind.table())
        .allSatisfy(
            kind -> {
              assertThat(kind.linkedUtilization()).isPositive();
              assertThat(kind.assumedUtilization())
                  .isGreaterThanOrEqualTo(kind.linkedUtilization())
                  .isLessThan(0.5);
            });
  }

  @Test
  void aLabelThatIsNotKnownRefusesNothing() {
    assertThat(run(PAPER, "--gpu-product=NVIDIA-A100-SXM4-80GB")).isZero();
    assertThat(out.toString()).contains("4 x A100-80GB", "GPU-hours");
    assertThat(run(PAPER, "--gpu-product=Some-Card")).isZero();
  }

  @Test
  void cpuRanksShareThePodsMemory() throws IOException {
    var cpu = paper("deviceType: gpu", "deviceType: cpu");
    assertThat(run(cpu, "--pod-memory=" + (400L << 30))).isZero();
    assertThat(out.toString())
        .contains("4 x a CPU rank in a pod of 400.0 GiB")
        .containsPattern("usable +75.0");
    assertThat(run(cpu, "--pod-memory=" + (100L << 30))).isEqualTo(42);
    assertThat(err.toString()).contains("a CPU rank in a pod of 100.0 GiB has 18.8");
    var advice = Pattern.compile("raise podTemplate.resources.limits.memory to (\\d+)Gi");
    var told = advice.matcher(err.toString());
    assertThat(told.find()).isTrue();
    var enough = Long.parseLong(told.group(1)) << 30;
    assertThat(run(cpu, "--pod-memory=" + enough)).isZero();
    assertThat(run(cpu, "--pod-memory=" + (enough - (2L << 30)))).isEqualTo(42);
  }

  @Test
  void whatIsOffloadedHasToFitThePodsMemory() throws IOException {
    var offload = paper("offloadOptimizer: false", "offloadOptimizer: true");
    assertThat(run(offload, "--device=A100-40GB", "--pod-memory=" + (512L << 30))).isZero();
    assertThat(out.toString()).contains("host memory, all");
    assertThat(run(offload, "--device=A100-40GB", "--pod-memory=" + (64L << 30))).isEqualTo(42);
    assertThat(err.toString())
        .contains("TooLittleMemory: The offloaded optimizer needs", "there are 48.0")
        .contains("raise podTemplate.resources.limits.memory to ");
  }

  @Test
  void autoIsPlannedForWhatItIsSaidToGet() throws IOException {
    var auto = paper("deviceType: gpu", "deviceType: auto");
    assertThat(run(auto, "--pod-memory=" + (400L << 30), "--device=cpu")).isZero();
    assertThat(out.toString())
        .contains("4 x a CPU rank in a pod of 400.0 GiB")
        .doesNotContain("gathered parameters", "GPU-hours");
  }

  /** The paper's run with something else in it. */
  private String[] paper(String words, String others) throws IOException {
    var file = folder.resolve("run.yaml");
    var yaml = Files.readString(RESOURCES.resolve("paper-run.yaml"));
    Files.writeString(file, yaml.replace(words, others));
    return new String[] {file.toString(), PAPER[1], PAPER[2]};
  }

  @Test
  void inAPodThePlanIsInTheFinalReport() throws IOException {
    var log = folder.resolve("termination-log");
    Files.createFile(log);
    assertThat(run(PAPER, "--device=A100-80GB", "--termination-log=" + log)).isZero();
    var report = Json.read(Files.readAllBytes(log), FinalReport.class, "report");
    assertThat(report.runUid()).isEqualTo("plan");
    assertThat(report.reason()).isEqualTo("Planned");
    assertThat(report.message())
        .isEqualTo(
            "Needs 69.6 GiB a device (A100-80GB has 77.5), 37,638 steps, 1.85 billion tokens,"
                + " 113.7 hours.");
    var plan = report.plan();
    assertThat(plan.fits()).isTrue();
    assertThat(plan.device()).isEqualTo("A100-80GB");
    assertThat(plan.memory().stream().mapToLong(PlanResult.MemoryPart::bytes).sum())
        .isEqualTo(plan.deviceBytes());
    assertThat(plan.steps()).isEqualTo(37638);
    assertThat(plan.hours()).isEqualTo(113.7);
    assertThat(plan.gpuHours()).isEqualTo(454.9);
    assertThat(plan.basis()).contains("assumed");
    var storage = plan.storage();
    assertThat(storage.checkpointBytes()).isEqualTo(12 * plan.parameters());
    assertThat(storage.checkpointInMemory()).as("no memory is known").isFalse();
    assertThat(storage.scratchBytes()).isEqualTo(storage.checkpointBytes() + 4 * 370_000_000L);
    assertThat(storage.checkpointStallSeconds()).isPositive();
    assertThat(storage.checkpointStallPercent()).isBetween(1.0, 10.0);
  }

  @Test
  void theReportOfARefusedRunHasItsPlanToo() throws IOException {
    var log = folder.resolve("termination-log");
    Files.createFile(log);
    assertThat(run(PAPER, "--device=A100-40GB", "--termination-log=" + log)).isEqualTo(42);
    assertThat(Files.size(log)).isLessThan(FinalReport.MAX_BYTES);
    var report = Json.read(Files.readAllBytes(log), FinalReport.class, "report");
    assertThat(report.reason()).isEqualTo("TooLittleMemory");
    assertThat(report.message()).contains("A100-40GB has 38.0");
    assertThat(report.plan().fits()).isFalse();
  }

  private int run(String[] arguments, String... more) {
    var command =
        new CommandLine(
            new PlanCommand(spec -> StoreRouter.open(spec, null), new Machine(2, 8L << 30)));
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err, true));
    return command.execute(
        Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new));
  }
}
