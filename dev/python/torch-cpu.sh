#!/usr/bin/env bash
# Makes an installed CUDA build of torch (PyPI has no other for x86_64) load without NVIDIA's
# packages, 2 GB that a CPU never calls: puts stand-ins in the place of the libraries that torch
# names as needed. Only libtorch_python.so asks them for anything; what it asks for at import
# gets zeroed memory, the rest is never called, because the CUDA runtime (which is real) finds
# no device. libtorch_cpu.so, where all the arithmetic is, stays as it came.
#   torch-cpu.sh SITE_PACKAGES
set -euo pipefail

readonly LIB="$1/torch/lib"
readonly CUDA_LIBRARIES=(libtorch_cuda.so libtorch_cuda_linalg.so libcaffe2_nvrtc.so)

[[ -f "$LIB/libtorch_cuda_linalg.so" ]] || exit 0 # a CPU build, or done already

work="$(mktemp -d)"
trap 'rm -r "$work"' EXIT

# Names of libtorch_cuda's symbols that libtorch_python wants and no library that stays has.
wanted() {
  nm -D --defined-only "$LIB"/lib{torch_cpu,c10,c10_cuda}.so |
    awk 'NF { print $NF }' | sort -u >"$work/kept"
  nm -D --defined-only "$LIB/libtorch_cuda.so" | awk '{ print $NF }' | sort -u >"$work/cuda"
  undefined | sort -u | comm -12 - "$work/cuda" | comm -23 - "$work/kept"
}

undefined() {
  nm -D --undefined-only "$LIB/libtorch_python.so" | awk '{ print $NF }'
}

# C source that defines the names on stdin. A mangled C++ name is a C name too. Type information
# (_ZTI) must carry its name, which pybind11 keeps its classes by.
source_of() {
  awk '
    /^_ZTI/ {
      printf "const struct { void *type; const char *name; } %s = { 0, \"%s\" };\n", $1, substr($1, 5)
      next
    }
    /^_ZTV/ { printf "void *%s[64];\n", $1; next }
    { printf "void *%s(void) { static char zeroes[256]; return zeroes; }\n", $1 }'
}

# stand_in SONAME [LINKER_OPTION...] with the C source on stdin
stand_in() {
  local name="$1"
  shift
  cc -shared -fPIC -O1 -w -x c - -o "$work/$name" -Wl,-soname,"$name" "$@"
}

wanted | source_of | stand_in libtorch_cuda.so
echo 'libcudnn.so.9 { *; };' >"$work/cudnn.map"
undefined | sed -n 's/@libcudnn[.]so[.]9$//p' | source_of |
  stand_in libcudnn.so.9 "-Wl,--version-script=$work/cudnn.map"
undefined | sed -n '/^cusparseLt/p' | source_of | stand_in libcusparseLt.so.0
undefined | sed -n '/^cuFile/p' | source_of | stand_in libcufile.so.0

(cd "$LIB" && rm "${CUDA_LIBRARIES[@]}")
mv "$work"/*.so* "$LIB"
