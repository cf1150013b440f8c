"""Scores whole documents with lm-evaluation-harness' own Hugging Face backend: the golden values of
RollingScoresTest. 256 positions are too few for some documents on purpose.

    pip install -r requirements.txt && python rolling.py ../resources
"""

import json
import pathlib
import sys

from lm_eval.api.instance import Instance
from lm_eval.models.huggingface import HFLM


def main(out: pathlib.Path) -> None:
    golden = json.loads((out / "golden/requests.json").read_text())
    contexts = [request["context"] for request in golden[:129:9]]
    texts = contexts + ["".join(contexts), "円", " 空白で始まる文。\n"]
    scores = {"texts": texts, "logLikelihoods": {}}
    for name in ("base", "tuned"):
        model = HFLM(
            pretrained=str(out / "models" / name), device="cpu", dtype="float32", batch_size=1
        )
        instances = [Instance("loglikelihood_rolling", {}, (text,), i) for i, text in enumerate(texts)]
        scores["logLikelihoods"][name] = model.loglikelihood_rolling(instances)
        scores["tokens"] = [len(model.tok_encode(text)) for text in texts]
    (out / "golden/rolling.json").write_text(json.dumps(scores, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
