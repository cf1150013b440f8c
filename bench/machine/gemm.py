"""Rate of this machine's matrix products in torch, at the shapes of the benchmark's models.

    python gemm.py THREADS
"""

import sys
import time

import torch

# Rows are the tokens of a micro-batch; NT is the forward pass, NN the input's and TN the weights'
# gradient.
TOKENS = 1024
SHAPES = [(512, 1408), (768, 2816), (768, 32768)]
SECONDS = 1.0


def operands(kind, inner, outer, dtype):
    if kind == "NT":
        return torch.randn(TOKENS, inner, dtype=dtype), torch.randn(outer, inner, dtype=dtype).t()
    if kind == "NN":
        return torch.randn(TOKENS, outer, dtype=dtype), torch.randn(outer, inner, dtype=dtype)
    return torch.randn(TOKENS, outer, dtype=dtype).t(), torch.randn(TOKENS, inner, dtype=dtype)


def rate(a, b):
    """The best of the single products of a second, in GFLOP/s: the others met other work."""
    out = torch.empty(a.shape[0], b.shape[1], dtype=a.dtype)
    flop = 2 * a.shape[0] * a.shape[1] * b.shape[1]
    best, until = float("inf"), time.perf_counter() + SECONDS
    while time.perf_counter() < until:
        started = time.perf_counter()
        torch.mm(a, b, out=out)
        best = min(best, time.perf_counter() - started)
    return flop / best / 1e9


def main():
    torch.set_num_threads(int(sys.argv[1]))
    for label, dtype, precision in (("fp32", torch.float32, "highest"),
                                    ("fp32 medium", torch.float32, "medium"),
                                    ("bf16", torch.bfloat16, "highest")):
        torch.set_float32_matmul_precision(precision)
        for inner, outer in SHAPES:
            for kind in ("NT", "NN", "TN"):
                value = rate(*operands(kind, inner, outer, dtype))
                product = f"{kind} {TOKENS} x {inner} x {outer}"
                print(f"torch {label:12} {sys.argv[1]} threads {product}: "
                      f"{value:6.0f} GFLOP/s", flush=True)


if __name__ == "__main__":
    main()
