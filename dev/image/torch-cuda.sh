#!/usr/bin/env bash
# Unpacks libtorch with CUDA into a folder for the images that compute on GPUs: libraries of PyPI's
# torch and of the NVIDIA packages that it names, in the tree in which they find each other, and
# DJL's native library for that build. 2.6 GB to download, 5 GB in the end. Prints the folder.
#   torch-cuda.sh JAVA_HOME LIBTORCH-VERSION DJL-VERSION
set -euo pipefail
source "$(dirname "$0")/../cluster/settings.sh"
source "$(dirname "$0")/../cluster/report.sh"
source "$(dirname "$0")/maven.sh"

readonly JDK="$1" LIBTORCH="$2" DJL="$3"
here="$(cd "$(dirname "$0")" && pwd)"

# Needed by Python only, by tools, or by several machines.
readonly UNUSED=(torch/lib/libtorch_python.so torch/lib/libshm.so torch/lib/libtorch_global_deps.so
  nvidia/cublas/lib/libnvblas.so.12 nvidia/cufft/lib/libcufftw.so.11
  nvidia/cusolver/lib/libcusolverMg.so.11 nvidia/cufile/lib/libcufile_rdma.so.1)

requirements() {
  echo "torch==$LIBTORCH"
  grep -ho '^nvidia-[a-z0-9-]*==[0-9.]*' "$here"/../python/requirements.txt \
    "$here"/../python/requirements-nvidia.txt
}

download() {
  python3 -m venv "$1/pip" ||
    die "python's venv module does not work here (Debian: apt-get install python3-venv)."
  requirements >"$1/requirements.txt"
  mkdir "$1/wheels"
  "$1/pip/bin/python" -m pip --disable-pip-version-check --quiet --no-cache-dir download --no-deps \
    --only-binary :all: --implementation cp --python-version 3.11 --platform manylinux_2_28_x86_64 \
    --platform manylinux_2_27_x86_64 --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 \
    --dest "$1/wheels" --requirement "$1/requirements.txt"
}

# One after the other, so that the disk never holds all of them twice.
unpack_wheels() {
  local wheel
  for wheel in "$1"/wheels/*.whl; do
    "$1/pip/bin/python" - "$wheel" "$2" <<'PY'
import re, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
for name in wheel.namelist():
    if re.fullmatch(r"(torch|cusparselt|nvidia/\w+)/lib/lib[^/]*\.so[.\d]*", name):
        wheel.extract(name, sys.argv[2])
PY
    rm "$wheel"
  done
  (cd "$2" && rm -f "${UNUSED[@]}" nvidia/cuda_cupti/lib/lib{checkpoint,nvperf,pcsampling}*)
  # DJL loads every library of its folder at once, this one needs a driver; PyTorch finds it by
  # itself, here too, when it is needed.
  mv "$2/torch/lib/libcaffe2_nvrtc.so" "$2/nvidia/cuda_nvrtc/lib/"
}

# The same version of libtorch for CUDA 12.8 has the same interface.
add_djl() {
  fetch "ai.djl.pytorch:pytorch-jni:$LIBTORCH-$DJL" "$1/jars"
  (cd "$1/jars" && "$JDK/bin/jar" --extract --file ./*.jar)
  mv "$1/jars/jnilib/linux-x86_64/cu128/libdjl_torch.so" "$2/torch/lib/$DJL-libdjl_torch.so"
}

unpack() {
  local part="$folder.part"
  rm -rf "$part"
  mkdir -p "$part/rootfs/opt/torch" "$part/rootfs/etc" "$part/jars"
  download "$part"
  unpack_wheels "$part" "$part/rootfs/opt/torch"
  add_djl "$part" "$part/rootfs/opt/torch"
  # NVIDIA's profiling interface, which PyTorch loads, wants a library that no other image needs.
  install -D -m 755 "/lib/$(uname -m)-linux-gnu/libutil.so.1" "$part/rootfs/lib/$(uname -m)-linux-gnu/libutil.so.1"
  # NVIDIA's container toolkit looks at this file to know where libraries are looked for.
  echo 12 >"$part/rootfs/etc/debian_version"
  rm -rf "$part/pip" "$part/wheels" "$part/jars"
  chmod -R a+rX "$part"
  find "$part/rootfs" -exec touch -h -d @1 {} +
  mv "$part" "$folder"
}

[[ "$(uname -sm)" == "Linux x86_64" ]] || die "the image with CUDA is for x86_64 only."
key="$( (requirements && cat "$0") | sha256sum | cut -c1-12)"
folder="$CACHE/image/torch-cuda-$LIBTORCH-$DJL-$key"
[[ -d "$folder" ]] || step "libtorch $LIBTORCH with CUDA for the images" unpack
echo "$folder/rootfs"
