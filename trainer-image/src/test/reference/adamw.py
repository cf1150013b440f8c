"""Golden values of AdamWTest: torch.optim.AdamW on a matrix that is decayed and a norm that is not.

    $(dev/python/venv.sh) trainer-image/src/test/reference/adamw.py \
        > trainer-image/src/test/resources/optim/adamw.json
"""

import json

import torch

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
gradients = []
for step in range(5):
    matrix.grad = torch.randn_like(matrix) * 10.0**-step
    norm.grad = torch.randn_like(norm)
    gradients.append([matrix.grad.flatten().tolist(), norm.grad.tolist()])
    optimizer.param_groups[0]["lr"] = optimizer.param_groups[1]["lr"] = 1e-2 / (step + 1)
    optimizer.step()
result = [matrix.detach().flatten().tolist(), norm.detach().tolist()]
print(json.dumps(dict(start=start, gradients=gradients, result=result)))
