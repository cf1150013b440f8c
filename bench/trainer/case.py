"""One measured setting, and the hyper-parameters that both sides share."""

import dataclasses
import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """What is trained how. Both programs get all of it."""

    model: str  # folder in Hugging Face layout
    batches: str  # .npy, int32 [steps, global_batch, 2, sequence_length]: ids, positions
    packed: bool = False  # several documents in a sequence
    steps: int = 20
    ranks: int = 2
    threads: int = 1  # a rank
    zero_stage: int = 1
    precision: str = "fp32"  # or bf16
    micro_batch: int = 2  # sequences a rank handles at once
    checkpointing: bool = False  # activations
    matmul: str = "highest"  # the peer's torch.set_float32_matmul_precision
    compiled: bool = False  # the peer's model by torch.compile
    chunked_loss: bool = False  # the peer's loss without all logits at once
    learning_rate: float = 3e-4
    min_learning_rate: float = 0.0
    warmup_steps: int = 2
    beta1: float = 0.9
    beta2: float = 0.95
    epsilon: float = 1e-8
    weight_decay: float = 0.1
    max_grad_norm: float = 1.0

    def learning_rate_at(self, step):
        """The trainer's linear schedule: warm-up whose first step is one above 0, then down to the
        floor. Steps count from 1."""
        before = step - 1
        if before < self.warmup_steps:
            return self.learning_rate * step / (self.warmup_steps + 1)
        progress = (before - self.warmup_steps) / max(1, self.steps - self.warmup_steps)
        height = self.learning_rate - self.min_learning_rate
        return self.min_learning_rate + height * (1 - progress)

    def to_json(self):
        return json.dumps(dataclasses.asdict(self))

    @staticmethod
    def from_json(text):
        return Case(**json.loads(text))


def decayed(name, parameter):
    """Norms and biases are not decayed."""
    return parameter.ndim > 1
