"""The Python side: transformers with DeepSpeed (ranks are processes), or transformers alone.

    python peer.py deepspeed|transformers CASE_JSON

Rank 0 prints one JSON line a step: step, loss (mean of the global batch), grad_norm (before
clipping), learning_rate, seconds, tokens.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time

from case import Case, decayed


def launch(program, text):
    """Starts the ranks and waits for them; one that fails ends the others."""
    case = Case.from_json(text)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ranks = []
    for rank in range(case.ranks if program == "deepspeed" else 1):
        environment = os.environ | {
            "RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": str(case.ranks),
            "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port),
            "OMP_NUM_THREADS": str(case.threads), "DS_ACCELERATOR": "cpu",
            "TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1",
        }
        ranks.append(subprocess.Popen([sys.executable, __file__, program, text, "rank"],
                                      env=environment))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        while any(rank.poll() is None for rank in ranks) and not any(r.poll() for r in ranks):
            time.sleep(0.2)
    finally:
        for rank in ranks:
            rank.terminate()
    sys.exit(1 if any(rank.poll() for rank in ranks) else 0)


def load_model(case):
    import torch
    from transformers import AutoModelForCausalLM

    torch.set_num_threads(case.threads)
    torch.set_float32_matmul_precision(case.matmul)
    model = AutoModelForCausalLM.from_pretrained(case.model, dtype=torch.float32)
    model.config.use_cache = False
    if case.checkpointing:
        model.gradient_checkpointing_enable({"use_reentrant": False})
    model.train()
    if case.chunked_loss:
        from chunked_loss import ChunkedLoss

        model = ChunkedLoss(model)
    return torch.compile(model) if case.compiled else model


def parameter_groups(case, model):
    named = list(model.named_parameters())
    return [
        {"params": [p for n, p in named if decayed(n, p)], "weight_decay": case.weight_decay},
        {"params": [p for n, p in named if not decayed(n, p)], "weight_decay": 0.0},
    ]


def micro_batches(case, rank, ranks):
    """For each step the micro-batches of a rank: what the model is called with."""
    import numpy
    import torch

    batches = numpy.load(case.batches, mmap_mode="r")
    for step in range(case.steps):
        own = batches[step].reshape(-1, ranks, case.micro_batch, *batches.shape[2:])[:, rank]
        yield [arguments(case, torch.from_numpy(part.astype(numpy.int64))) for part in own]


def arguments(case, part):
    """part: [micro_batch, 2, sequence]. Documents of a sequence do not see each other: from positions
    that begin anew transformers makes such a mask, for one sequence at a time."""
    ids, positions = part[:, 0], part[:, 1]
    if not case.packed:
        return {"input_ids": ids, "labels": ids}
    ids, positions = ids.reshape(1, -1), positions.reshape(1, -1)
    return {"input_ids": ids, "position_ids": positions,
            "labels": ids.masked_fill(positions == 0, -100)}


def report(step, loss, norm, rate, seconds, tokens):
    print(json.dumps({"step": step, "loss": loss, "grad_norm": norm, "learning_rate": rate,
                      "seconds": round(seconds, 4), "tokens": tokens}), flush=True)


def run_transformers(case):
    """One process with all threads, gradients accumulated over the ranks' micro-batches."""
    import torch

    model = load_model(case)
    if case.precision == "bf16":
        # As the bf16 of transformers' Trainer: fp32 parameters, autocast.
        context = lambda: torch.autocast("cpu", torch.bfloat16)
    else:
        context = torch.enable_grad
    optimizer = torch.optim.AdamW(parameter_groups(case, model), lr=case.learning_rate,
                                  betas=(case.beta1, case.beta2), eps=case.epsilon, fused=True)
    for step, micro in enumerate(micro_batches(case, 0, 1), start=1):
        started = time.perf_counter()
        rate = case.learning_rate_at(step)
        for group in optimizer.param_groups:
            group["lr"] = rate
        total = 0.0
        for given in micro:
            with context():
                loss = model(**given).loss / len(micro)
            loss.backward()
            total += loss.item()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), case.max_grad_norm)
        optimizer.step()
        optimizer.zero_grad()
        report(step, total, norm.item(), rate, time.perf_counter() - started,
               sum(given["input_ids"].numel() for given in micro))


def deepspeed_config(case, accumulation):
    return {
        "train_micro_batch_size_per_gpu": case.micro_batch,
        "gradient_accumulation_steps": accumulation,
        "gradient_clipping": case.max_grad_norm,
        "zero_optimization": {"stage": case.zero_stage},
        "bf16": {"enabled": case.precision == "bf16"},
        # DeepSpeed's own AdamW for the CPU, compiled at first use.
        "optimizer": {"type": "AdamW", "params": {
            "lr": case.learning_rate, "betas": [case.beta1, case.beta2], "eps": case.epsilon}},
        "steps_per_print": 10**9,
    }


def run_deepspeed(case):
    import logging

    import deepspeed
    import numpy
    import torch
    from deepspeed.utils import logger

    logger.setLevel(logging.WARNING)
    deepspeed.init_distributed(dist_backend="gloo")
    rank, ranks = torch.distributed.get_rank(), torch.distributed.get_world_size()
    model = load_model(case)
    global_batch = numpy.load(case.batches, mmap_mode="r").shape[1]
    engine, optimizer, _, _ = deepspeed.initialize(
        model=model, model_parameters=parameter_groups(case, model),
        config=deepspeed_config(case, global_batch // (case.micro_batch * ranks)))
    for step, micro in enumerate(micro_batches(case, rank, ranks), start=1):
        started = time.perf_counter()
        rate = case.learning_rate_at(step)
        for group in optimizer.param_groups:
            group["lr"] = rate
        total = torch.zeros(1)
        for given in micro:
            loss = engine(**given).loss
            engine.backward(loss)
            engine.step()
            total += loss.detach().float() / (len(micro) * ranks)
        torch.distributed.all_reduce(total)
        if rank == 0:
            norm = engine.get_global_grad_norm()  # None in stage 0 with fp32
            report(step, total.item(), norm if norm is None else float(norm), rate,
                   time.perf_counter() - started,
                   sum(given["input_ids"].numel() for given in micro) * ranks)
    torch.distributed.destroy_process_group()


def main():
    program, text = sys.argv[1:3]
    if len(sys.argv) == 3:
        launch(program, text)
    case = Case.from_json(text)
    {"deepspeed": run_deepspeed, "transformers": run_transformers}[program](case)


if __name__ == "__main__":
    main()
