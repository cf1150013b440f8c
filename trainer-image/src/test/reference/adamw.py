"""Golden values of AdamWTest: torch.optim.AdamW on a matrix that is decayed and a norm that is not,
once with every step and once with one whose gradients are not finite, which GradScaler leaves out.

    $(dev/python/venv.sh) trainer-image/src/test/reference/adamw.py \
        > trainer-image/src/test/resources/optim/adamw.json
"""

import json

import torch

LEFT_OUT = 2


def run(left_out=None):
    torch.manual_seed(7)
    matrix = torch.nn.Parameter(torch.randn(5, 8))
    norm = torch.nn.Parameter(1 + torch.randn(24))
    start = [matrix.detach().flatten().tolist(), norm.detach().tolist()]
    optimizer = torch.optim.AdamW(
        [{"params": [matrix], "weight_decay": 0.1}, {"params": [norm], "weight_decay": 0.0}],
        lr=1e-2,
        betas=(0.9, 0.95),
        eps=1e-8,
        foreach=False,
    )
    scaler = torch.amp.GradScaler("cpu", init_scale=1.0, backoff_factor=1.0 - 1e-9)
    gradients = []
    for step in range(5):
        matrix.grad = torch.randn_like(matrix) * 10.0**-step
        norm.grad = torch.randn_like(norm)
        gradients.append([matrix.grad.flatten().tolist(), norm.grad.tolist()])
        optimizer.param_groups[0]["lr"] = optimizer.param_groups[1]["lr"] = 1e-2 / (step + 1)
        if left_out is None:
            optimizer.step()
            continue
        if step == left_out:
            matrix.grad[0, 0] = float("inf")
        # Makes the scaler's tensors; a loss of its own is all it takes.
        scaler.scale(torch.zeros(1))
        scaler.step(optimizer)
        scaler.update()
    result = [matrix.detach().flatten().tolist(), norm.detach().tolist()]
    return dict(start=start, gradients=gradients, result=result)


whole = run()
print(json.dumps(whole | dict(leftOut=LEFT_OUT, resultWithout=run(LEFT_OUT)["result"])))
