package dev.keizoku.llm.torch.library;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The libtorch that {@link TorchLibrary} loads, as {@code java.lang.foreign} sees it: symbols and
 * tensor handles. A handle is the address of an {@code at::Tensor}.
 *
 * <p>The {@code aoti_torch_*} functions have a stable C interface and report failure by their
 * return code. Operators with a scalar or a list argument are not reachable that way in 2.7.1; they
 * are called by their C++ names ({@code at::_ops::*::call}), in the variants that write into a
 * tensor of ours. An exception in one of those ends the process, so the callers check shapes first.
 */
public final class LibTorch {
  /** Number of the device type. */
  public static final int CPU = 0;

  /** Number of the device type. */
  public static final int CUDA = 1;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = load();
  private static final ThreadLocal<MemorySegment> SCRATCH =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(4096, 64));

  private static final MethodHandle EMPTY_STRIDED = shim("aoti_torch_empty_strided", "LLLIIIL");
  private static final MethodHandle REINTERPRET = shim("aoti_torch__reinterpret_tensor", "LLLLLL");
  private static final MethodHandle NEW_HANDLE = shim("aoti_torch_new_tensor_handle", "LL");
  private static final MethodHandle DELETE = shim("aoti_torch_delete_tensor_object", "L");
  private static final MethodHandle DATA_PTR = shim("aoti_torch_get_data_ptr", "LL");
  private static final MethodHandle SET_THREADS = function("_ZN2at15set_num_threadsEi", "I", 'V');

  private static final MethodHandle DIM = shim("aoti_torch_get_dim", "LL");
  private static final MethodHandle SIZES = shim("aoti_torch_get_sizes", "LL");
  private static final MethodHandle STRIDES = shim("aoti_torch_get_strides", "LL");
  private static final MethodHandle OFFSET = shim("aoti_torch_get_storage_offset", "LL");
  private static final MethodHandle MALLOC = libc("malloc");

  private LibTorch() {}

  private static SymbolLookup load() {
    TorchLibrary.load();
    return SymbolLookup.loaderLookup();
  }

  /** Whether the library, or one that came with it, has a function of this name. */
  public static boolean has(String symbol) {
    return SYMBOLS.find(symbol).isPresent();
  }

  /** Memory of this thread for the arguments of one call. */
  public static MemorySegment scratch() {
    return SCRATCH.get();
  }

  /** A function of the C interface: 0 on success. */
  public static MethodHandle shim(String symbol, String parameters) {
    return function(symbol, parameters, 'I');
  }

  /**
   * A native function.
   *
   * @param parameters a letter each: {@code L} int64 or address, {@code I} int32, {@code D} double,
   *     {@code F} float, {@code A} {@code c10::ArrayRef}, {@code O} {@code c10::OptionalArrayRef},
   *     {@code P} {@code std::optional<int64_t>}, {@code S} {@code std::optional<c10::ScalarType>}
   * @param result the same, or {@code V} for none
   */
  public static MethodHandle function(String symbol, String parameters, char result) {
    var address =
        SYMBOLS
            .find(symbol)
            .orElseThrow(
                () ->
                    RunFault.userError(
                        Reason.LIB_TORCH_VERSION,
                        "The PyTorch library has no " + symbol + "; use libtorch 2.7.1 or 2.11."));
    var layouts = parameters.chars().mapToObj(c -> layout((char) c)).toArray(MemoryLayout[]::new);
    var descriptor =
        result == 'V'
            ? FunctionDescriptor.ofVoid(layouts)
            : FunctionDescriptor.of(layout(result), layouts);
    return LINKER.downcallHandle(address, descriptor);
  }

  private static MemoryLayout layout(char letter) {
    return switch (letter) {
      case 'L' -> ValueLayout.JAVA_LONG;
      case 'I' -> ValueLayout.JAVA_INT;
      case 'D' -> ValueLayout.JAVA_DOUBLE;
      case 'F' -> ValueLayout.JAVA_FLOAT;
      case 'Z' -> ValueLayout.JAVA_BOOLEAN;
      // An optional int64_t is passed as the value and one word that tells whether it is there.
      case 'A', 'P' -> MemoryLayout.structLayout(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
      case 'O' ->
          MemoryLayout.structLayout(
              ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
      case 'S' -> MemoryLayout.structLayout(ValueLayout.JAVA_BYTE, ValueLayout.JAVA_BYTE);
      default -> throw new IllegalArgumentException("no layout " + letter);
    };
  }

  /** Turns what a native call threw or returned into an exception. */
  public static void check(int returnCode, String call) {
    if (returnCode != 0) {
      Gpus.requireRoom();
      throw new IllegalStateException(
          call + " failed; the PyTorch library wrote the reason to standard error");
    }
  }

  /** What a native call threw, as it is where it may be thrown on. */
  public static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof RuntimeException runtime) {
      return runtime;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(thrown);
  }

  /** How many threads an operator called from this thread may use. */
  public static void setThreads(int threads) {
    try {
      SET_THREADS.invokeExact(threads);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /** A new tensor; 0 when there is no memory for it. */
  public static long emptyStrided(
      long[] shape, long[] strides, int type, int deviceType, int deviceIndex) {
    var scratch = scratch();
    var n = putDims(scratch, shape, strides);
    try {
      var failed =
          (int)
                  EMPTY_STRIDED.invokeExact(
                      n,
                      scratch.address(),
                      scratch.address() + 8 * n,
                      type,
                      deviceType,
                      deviceIndex,
                      scratch.address() + 16 * n)
              != 0;
      return failed ? 0 : scratch.get(ValueLayout.JAVA_LONG, 16 * n);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /** Another view of the same storage; {@code shift} counts elements from the first one. */
  public static long reinterpret(long handle, long[] shape, long[] strides, long shift) {
    var scratch = scratch();
    var n = putDims(scratch, shape, strides);
    try {
      check(
          (int)
              REINTERPRET.invokeExact(
                  handle,
                  n,
                  scratch.address(),
                  scratch.address() + 8 * n,
                  shift,
                  scratch.address() + 16 * n),
          "aoti_torch__reinterpret_tensor");
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
    return scratch.get(ValueLayout.JAVA_LONG, 16 * n);
  }

  private static long putDims(MemorySegment scratch, long[] shape, long[] strides) {
    MemorySegment.copy(shape, 0, scratch, ValueLayout.JAVA_LONG, 0, shape.length);
    MemorySegment.copy(
        strides, 0, scratch, ValueLayout.JAVA_LONG, 8L * shape.length, strides.length);
    return shape.length;
  }

  /** Another handle of the same tensor. */
  public static long newHandle(long handle) {
    return query(NEW_HANDLE, handle);
  }

  /** Frees a handle, and the tensor with its last one. */
  public static void delete(long handle) {
    try {
      check((int) DELETE.invokeExact(handle), "aoti_torch_delete_tensor_object");
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /** Address of the first element. */
  public static long dataPointer(long handle) {
    return query(DATA_PTR, handle);
  }

  /**
   * How a tensor lies in its storage.
   *
   * @param shape in elements
   * @param strides in elements
   * @param offset of the first element, in elements
   */
  public record Layout(long[] shape, long[] strides, long offset) {}

  /** The layout that libtorch gave a tensor. */
  public static Layout layout(long handle) {
    var rank = Math.toIntExact(query(DIM, handle));
    var shape = longs(query(SIZES, handle), rank);
    return new Layout(shape, longs(query(STRIDES, handle), rank), query(OFFSET, handle));
  }

  private static long[] longs(long address, int count) {
    return MemorySegment.ofAddress(address).reinterpret(8L * count).toArray(ValueLayout.JAVA_LONG);
  }

  // Every one of these is int f(tensor, int64_t* result).
  private static long query(MethodHandle function, long handle) {
    var scratch = scratch();
    try {
      check((int) function.invokeExact(handle, scratch.address()), "a query of a tensor");
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
    return scratch.get(ValueLayout.JAVA_LONG, 0);
  }

  /** An 8-byte slot that holds {@code value}; whoever it is given to frees it. */
  public static long boxed(long value) {
    try {
      var address = (long) MALLOC.invokeExact(8L);
      MemorySegment.ofAddress(address).reinterpret(8).set(ValueLayout.JAVA_LONG, 0, value);
      return address;
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static MethodHandle libc(String name) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().find(name).orElseThrow(),
        FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
  }
}
