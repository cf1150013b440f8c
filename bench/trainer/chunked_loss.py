"""A causal model whose loss is computed a chunk of rows at a time, so that the logits of all rows never
exist at once, as torchtune and Liger do it."""

import types

import torch
from torch.utils.checkpoint import checkpoint

ROWS = 256


class ChunkedLoss(torch.nn.Module):
    """Called as the model is; gives an object with the loss."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, labels, **others):
        hidden = self.model.model(input_ids=input_ids, **others).last_hidden_state
        rows = hidden[:, :-1].reshape(-1, hidden.shape[-1])
        targets = labels[:, 1:].reshape(-1)
        total = sum(checkpoint(self.chunk, h, t, use_reentrant=False)
                    for h, t in zip(rows.split(ROWS), targets.split(ROWS)))
        return types.SimpleNamespace(loss=total / (targets >= 0).sum())

    def chunk(self, rows, targets):
        logits = self.model.lm_head(rows).float()
        return torch.nn.functional.cross_entropy(logits, targets, reduction="sum")
