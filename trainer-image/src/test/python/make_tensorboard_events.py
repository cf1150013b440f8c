"""Writes the golden event files of EventFileWriterTest with TensorBoard's own encoder, and reads
them back with TensorBoard's own reader to show what a user sees.

    pip install tensorboard==2.20.0
    python make_tensorboard_events.py ../resources/golden/tensorboard
"""

import pathlib
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

TIME = 1754000000.25


def event(**fields):
    return event_pb2.Event(wall_time=TIME, **fields)


def scalars(step, **values):
    rows = [summary_pb2.Summary.Value(tag=t.replace("__", "/"), simple_value=v) for t, v in values.items()]
    return event(step=step, summary=summary_pb2.Summary(value=rows))


def restart(step):
    return event(step=step, session_log=event_pb2.SessionLog(status=event_pb2.SessionLog.START))


def write(path, events):
    with open(path, "wb") as out:
        writer = RecordWriter(out)
        for e in [event(file_version="brain.Event:2"), *events]:
            writer.write(e.SerializeToString())
        writer.flush()


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    write(
        folder / "events.out.tfevents.1754000000.pod-1",
        [
            scalars(0, loss__train=2.5, perplexity__金融=12.25),
            scalars(1, loss__train=2.25),
            scalars(200, loss__train=0.0),
            scalars(70000, loss__train=float("inf")),
        ],
    )
    seen = EventAccumulator(str(folder)).Reload().Scalars("loss/train")
    for s in seen:
        print(s.step, s.value)
    assert [(s.step, s.value) for s in seen] == [
        (0, 2.5),
        (1, 2.25),
        (200, 0.0),
        (70000, float("inf")),
    ]


main(pathlib.Path(sys.argv[1]))
