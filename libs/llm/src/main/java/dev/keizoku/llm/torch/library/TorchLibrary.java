package dev.keizoku.llm.torch.library;

import ai.djl.engine.Engine;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where libtorch comes from: DJL's 2.7.1, or with the system property {@code keizoku.torch} the
 * folder that it names, such as {@code site-packages/torch/lib} of a Python that has torch. DJL's
 * own native library is made for one version, so beside another it is never loaded: all that is
 * needed of libtorch is called by symbol.
 */
final class TorchLibrary {
  private static final String FOLDER = "keizoku.torch";
  private static final String VERSION = "2.7.1";
  // Each before what needs it; the last two only where the build is one for CUDA.
  private static final List<String> FILES =
      List.of("libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so");

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          // Threads of one operator that are done sleep until the others are. By default they spin,
          // which takes the processor from the very thread they wait for when ranks or other
          // programs share it (three times slower on two busy cores).
          "OMP_WAIT_POLICY",
          "passive",
          // With a work space of a fixed size matrix products give the same bits every time.
          "CUBLAS_WORKSPACE_CONFIG",
          ":4096:8",
          // Units of different sizes do not split each other's blocks.
          "PYTORCH_CUDA_ALLOC_CONF",
          "expandable_segments:True");

  private TorchLibrary() {}

  /** Loads it into this process, for the class loader of this class. */
  static void load() {
    // The libraries read their environment when they are loaded.
    ENVIRONMENT.forEach(TorchLibrary::setUnlessSet);
    var folder = System.getProperty(FOLDER);
    if (folder == null) {
      loadByDjl();
    } else {
      loadFrom(Path.of(folder).toAbsolutePath());
    }
  }

  /** Which library it is: its version, or of a folder the size of what it computes with. */
  static String identity() {
    var folder = System.getProperty(FOLDER);
    if (folder == null) {
      return "libtorch " + VERSION;
    }
    return String.format(
        Locale.ROOT, "libtorch of %,d bytes", Path.of(folder, "libtorch_cpu.so").toFile().length());
  }

  private static void loadByDjl() {
    var version = Engine.getEngine("PyTorch").getVersion();
    if (!version.startsWith(VERSION)) {
      throw RunFault.userError(
          Reason.LIB_TORCH_VERSION,
          "The PyTorch library found is %s; use an image with libtorch %s, or name a folder with another by -D%s."
              .formatted(version, VERSION, FOLDER));
    }
  }

  private static void loadFrom(Path folder) {
    for (var name : FILES) {
      var file = folder.resolve(name);
      if (!Files.exists(file) && name.endsWith("_cuda.so")) {
        continue;
      }
      try {
        System.load(file.toString());
      } catch (UnsatisfiedLinkError e) {
        throw RunFault.userError(
            Reason.LIB_TORCH_VERSION,
            "-D%s=%s: %s; name torch's lib folder, and the folders of what it needs in LD_LIBRARY_PATH."
                .formatted(FOLDER, folder, e.getMessage()));
      }
    }
  }

  private static void setUnlessSet(String name, String value) {
    var linker = Linker.nativeLinker();
    var descriptor =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT);
    var set =
        linker.downcallHandle(linker.defaultLookup().find("setenv").orElseThrow(), descriptor);
    try (var arena = Arena.ofConfined()) {
      LibTorch.check(
          (int)
              set.invokeExact(
                  arena.allocateFrom(name).address(), arena.allocateFrom(value).address(), 0),
          "setenv");
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }
}
