"""Learning rates of transformers' schedules, the golden values of LearningRateScheduleTest.

Peak 1, floor 0.1, 4 warm-up steps of 24. Our warm-up begins one step above 0 where transformers'
begins at 0, so ours of step n is theirs of step n + 1 with one warm-up step and one step more.

    $(dev/python/venv.sh) trainer-image/src/test/reference/schedules.py > trainer-image/src/test/resources/optim/schedules.json
"""

import json

import torch
import transformers

WARMUP, STEPS, FLOOR = 4 + 1, 24 + 1, 0.1

FORMS = {
    "LINEAR": lambda o: transformers.get_polynomial_decay_schedule_with_warmup(
        o, WARMUP, STEPS, lr_end=FLOOR, power=1.0
    ),
    "COSINE": lambda o: transformers.get_cosine_with_min_lr_schedule_with_warmup(
        o, WARMUP, STEPS, min_lr_rate=FLOOR
    ),
    "WSD": lambda o: transformers.get_wsd_schedule(
        o, WARMUP, 4, num_training_steps=STEPS, min_lr_ratio=FLOOR, decay_type="linear"
    ),
    "CONSTANT": lambda o: transformers.get_constant_schedule_with_warmup(o, WARMUP),
}


def rates(form):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    schedule = form(optimizer)
    values = []
    for _ in range(STEPS):
        optimizer.step()
        schedule.step()
        values.append(schedule.get_last_lr()[0])
    return values


print(json.dumps({name: rates(form) for name, form in FORMS.items()}))
