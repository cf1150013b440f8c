"""The side of transformers in `make gpu-check`.

    python reference.py families FOLDER DEVICE          tiny models, with the values it computes
    python reference.py speed SHAPES RESULTS DEVICE     its tokens a second, a JSON line a shape
    python reference.py facts RESULTS DEVICE            the machine, a JSON line

A family's values: logits, loss and gradients in fp32 on a processor, and the same in bf16 on DEVICE,
whose distance from the former says how exact bf16 can be. Runs with transformers 4.57 and 5.
"""

import json
import pathlib
import platform
import subprocess
import sys
import time

import torch

SIZES = dict(
    vocab_size=304,
    hidden_size=256,
    intermediate_size=192,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=256,
    initializer_range=0.1,
    bos_token_id=1,
    eos_token_id=2,
)

# Heads of 64 and 128, shared and not, normed, biased, and windows shorter than the documents.
FAMILIES = {
    "qwen2": dict(tie_word_embeddings=True),
    "qwen3": dict(head_dim=128),
    "llama": dict(num_key_value_heads=4, attention_bias=True, mlp_bias=True),
    "mistral": dict(num_key_value_heads=1, sliding_window=None),
    "mistral-window": dict(model_type="mistral", sliding_window=50),
    "qwen2-window": dict(
        model_type="qwen2", use_sliding_window=True, sliding_window=33, max_window_layers=1
    ),
}
LENGTHS = (200, 77)


def values(model, ids, device):
    """Logits of all tokens, the mean loss of all scored ones, and its gradients, as fp32."""
    model.zero_grad()
    logits, losses = [], []
    for row in ids:
        row = torch.tensor([row], device=device)
        result = model(input_ids=row, use_cache=False).logits[0].float()
        logits.append(result.detach())
        losses.append(torch.nn.functional.cross_entropy(result[:-1], row[0, 1:], reduction="sum"))
    loss = sum(losses) / sum(len(row) - 1 for row in ids)
    loss.backward()
    tensors = {"logits": torch.cat(logits)}
    for name, parameter in model.named_parameters():
        tensors["grad." + name] = parameter.grad
    return loss.item(), {k: v.float().cpu().contiguous().clone() for k, v in tensors.items()}


def families(folder, device):
    from safetensors.torch import save_file
    from transformers import AutoConfig, AutoModelForCausalLM

    for name, extra in FAMILIES.items():
        extra = dict(extra)
        torch.manual_seed(20240416)
        config = AutoConfig.for_model(extra.pop("model_type", name), **SIZES | extra)
        model = AutoModelForCausalLM.from_config(config, attn_implementation="eager").float()
        with torch.no_grad():
            for parameter in model.parameters():
                if parameter.dim() == 1:
                    parameter.add_(0.3 * torch.randn_like(parameter))
        ids = [torch.randint(3, SIZES["vocab_size"], (length,)).tolist() for length in LENGTHS]
        loss, golden = values(model, ids, "cpu")
        here = pathlib.Path(folder) / name
        model.save_pretrained(here)
        _, rounded = values(model.to(device, torch.bfloat16), ids, device)
        golden |= {"bf16." + key: tensor for key, tensor in rounded.items()}
        save_file(golden, here / "golden.safetensors")
        (here / "golden.json").write_text(json.dumps(dict(loss=loss, ids=ids)) + "\n")


def synchronize(device):
    if device != "cpu":
        torch.cuda.synchronize()


def step(model, optimizer, batch, micro, device):
    for start in range(0, len(batch), micro):
        ids = batch[start:start + micro]
        with torch.autocast(device.split(":")[0], dtype=torch.bfloat16):
            loss = model(input_ids=ids, labels=ids, use_cache=False).loss
        (loss * (micro / len(batch))).backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()


def speed(shape, device):
    from transformers import AutoConfig, AutoModelForCausalLM

    config = AutoConfig.for_model(**shape["config"])
    with torch.device(device):
        model = AutoModelForCausalLM.from_config(config, attn_implementation="sdpa").float()
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-5, fused=True)
    batch = torch.randint(0, config.vocab_size, (shape["batch"], shape["length"]), device=device)
    seconds = []
    for i in range(shape["warmUp"] + shape["steps"]):
        start = time.perf_counter()
        step(model, optimizer, batch, shape["microBatch"], device)
        synchronize(device)
        seconds.append(time.perf_counter() - start)
    seconds = seconds[shape["warmUp"]:]
    median = sorted(seconds)[len(seconds) // 2]
    peak = 0 if device == "cpu" else torch.cuda.max_memory_allocated()
    return dict(
        tokensPerSecond=shape["batch"] * shape["length"] / median,
        stepSeconds=seconds,
        tensorPeakBytes=peak,
    )


def write(results, name, detail, figures, verdict="PASS"):
    print(f"{verdict} {name}: {detail}", flush=True)
    with open(results, "a", encoding="utf-8") as file:
        line = dict(verdict=verdict, check=name, detail=detail, figures=figures)
        file.write(json.dumps(line) + "\n")


def speeds(shapes, results, device):
    import gc

    for shape in json.loads(pathlib.Path(shapes).read_text()):
        name = "transformers, a step of " + shape["name"]
        try:
            found = speed(shape, device)
            detail = "%.0f tokens/s, tensors %.2f GiB (autocast bf16, sdpa, fused AdamW)" % (
                found["tokensPerSecond"], found["tensorPeakBytes"] / 2**30)
            write(results, name, detail, found)
        except Exception as error:  # what the peer cannot do is no fault of ours
            write(results, name, repr(error)[:300], {}, "SKIP")
        gc.collect()
        if device != "cpu":
            torch.cuda.empty_cache()
            torch.cuda.reset_peak_memory_stats()


def facts(results, device):
    import transformers

    found = dict(torch=torch.__version__, transformers=transformers.__version__,
                 python=platform.python_version(), cuda=torch.version.cuda, kernel=platform.release())
    if device != "cpu":
        found["card"] = torch.cuda.get_device_name(0)
        found["capability"] = "%d.%d" % torch.cuda.get_device_capability(0)
        query = ["nvidia-smi", "--query-gpu=driver_version,memory.total", "--format=csv,noheader"]
        found["driver"] = subprocess.run(query, capture_output=True, text=True).stdout.strip()
    write(results, "facts", json.dumps(found), found)


if __name__ == "__main__":
    {"families": families, "speed": speeds, "facts": facts}[sys.argv[1]](*sys.argv[2:])
