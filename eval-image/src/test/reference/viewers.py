"""Files of an evaluation beside those that lm-evaluation-harness writes itself.

    dev/run eval tasks --export /tmp/tasks
    pip install -r requirements.txt && python -P viewers.py golden /tmp/tasks ../resources/golden/lm_eval_files.json
        lets lm-evaluation-harness ask a model that answers by a hash of what it is asked, and keeps what its
        tracker writes: the golden values of LmEvalFilesTest
    python -P viewers.py open OUTPUT/lm-eval
        opens files of ours with what its make_table, its Weights & Biases logger, scripts/zeno_visualize.py and
        the hub's viewer of samples do with them, and exits 1 where one of them cannot
"""

import hashlib
import json
import os
import pathlib
import sys
import tempfile

LIMIT = 3
WRITTEN = "計算すると\nAnswer: 10.1%"
DOCUMENTS = ["当社の売上高は前年を上回った。\n", "A second document, of two sentences. It ends.\n"]
SAID = [{"question": "売上は", "answer": "増えた"}, {"question": "利益は", "answer": "減った"}]


def number(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16)


def likelihood(context: str, continuation: str) -> tuple[float, bool]:
    value = number(context + "\0" + continuation)
    # Some so small that Python writes them with an exponent.
    return (-(value % 997) / 1e8 if value % 5 == 0 else -(value % 99991) / 4096), value % 2 == 0


def golden(tasks: str, out: pathlib.Path) -> None:
    import lm_eval
    from lm_eval.api.model import LM
    from lm_eval.api.registry import register_model
    from lm_eval.loggers import EvaluationTracker
    from lm_eval.tasks import TaskManager

    @register_model("keizoku")
    class ByHash(LM):
        @classmethod
        def create_from_arg_string(cls, arguments, additional_config=None):
            return cls()

        def loglikelihood(self, requests):
            return [likelihood(*request.args) for request in requests]

        def loglikelihood_rolling(self, requests):
            return [likelihood("", request.args[0])[0] for request in requests]

        def generate_until(self, requests):
            return [WRITTEN for _ in requests]

    os.chdir(tasks)  # paths of data files are below it
    pathlib.Path("documents.jsonl").write_text("".join(json.dumps({"id": str(i), "text": t}) + "\n" for i, t in enumerate(DOCUMENTS)))
    pathlib.Path("said.jsonl").write_text("".join(json.dumps(row) + "\n" for row in SAID))
    common = "dataset_path: json\ntest_split: test\nmetadata: {version: 1.0}\n"
    pathlib.Path("documents.yaml").write_text(
        common + "task: heldout_held\ndataset_kwargs: {data_files: {test: documents.jsonl}}\n"
        "output_type: loglikelihood_rolling\ndoc_to_text: ''\ndoc_to_target: '{{text}}'\ntarget_delimiter: ''\n"
        "fewshot_delimiter: ''\n"
        "metric_list: [{metric: word_perplexity}, {metric: byte_perplexity}, {metric: bits_per_byte}]\n"
    )
    pathlib.Path("said.yaml").write_text(
        common + "task: said\ndataset_kwargs: {data_files: {test: said.jsonl}}\noutput_type: loglikelihood\n"
        "doc_to_text: question\ndoc_to_target: answer\ntarget_delimiter: ''\n"
        "metric_list: [{metric: perplexity}, {metric: acc}]\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        tracker = EvaluationTracker(output_path=folder)
        answer = lm_eval.simple_evaluate(
            model="keizoku",
            model_args="pretrained=tuned,uri=file:///models/tuned",
            tasks=["fp2", "chabsa", "jfinqa", "heldout_held", "said"],
            task_manager=TaskManager(include_path=".", include_defaults=False),
            limit=LIMIT,
            bootstrap_iters=0,
            log_samples=True,
            evaluation_tracker=tracker,
        )
        samples = answer.pop("samples")
        tracker.save_results_aggregated(results=answer, samples=samples)
        for task in answer["configs"]:
            tracker.save_results_samples(task_name=task, samples=samples[task])
        written = sorted(path.relative_to(folder) for path in pathlib.Path(folder).rglob("*.json*"))
        kept = {"files": [str(path).replace(tracker.date_id, "DATE") for path in written], "date": tracker.date_id}
        results = next(pathlib.Path(folder).rglob("results_*.json"))
        kept["results"] = json.loads(results.read_text())
        kept["results"].pop("pretty_env_info")  # of the machine
        kept["samples"] = {
            path.name.split("_", 1)[1].rsplit("_", 1)[0]: [json.loads(line) for line in path.read_text().splitlines()]
            for path in pathlib.Path(folder).rglob("samples_*.jsonl")
        }
    out.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


def opened(folder: pathlib.Path) -> None:
    import datasets
    from lm_eval.loggers import WandbLogger
    from lm_eval.utils import (
        get_file_datetime,
        get_file_task_name,
        get_latest_filename,
        get_results_filenames,
        get_sample_results_filenames,
        make_table,
        sanitize_model_name,
    )

    models = sorted(path for path in folder.iterdir() if path.is_dir())
    assert models, f"no models in {folder}"
    for model in models:
        assert sanitize_model_name(model.name) == model.name
        files = [path.as_posix() for path in model.iterdir()]
        latest = get_latest_filename(get_results_filenames(files))
        results = json.loads(pathlib.Path(latest).read_text())
        assert results["model_name"] == model.name
        tasks = set(results["configs"])
        samples = {}
        for path in get_sample_results_filenames(files):
            name = pathlib.Path(path).name
            # It leaves the ".json" of results in.
            assert get_file_datetime(name) + ".json" == get_file_datetime(pathlib.Path(latest).name)
            samples[get_file_task_name(name)] = [json.loads(line) for line in pathlib.Path(path).read_text().splitlines()]
            # The hub's viewer, and lm-evaluation-harness' metadata card.
            rows = datasets.load_dataset("json", data_files=path, split="train")
            assert len(rows) == len(samples[get_file_task_name(name)])
        assert set(samples) == tasks == set(results["results"]), (set(samples), tasks)
        logger = WandbLogger.__new__(WandbLogger)
        logger.post_init(json.loads(json.dumps(results)))
        summary, numbers = logger._sanitize_results_dict()
        assert numbers and logger._get_config()["task_configs"] == results["configs"]
        for task, lines in samples.items():
            config = results["configs"][task]
            for line in lines:  # scripts/zeno_visualize.py, generate_dataset and generate_system_df
                assert isinstance(line["arguments"]["gen_args_0"]["arg_0"], str)
                assert isinstance(line["target"], str) and line["filtered_resps"][0] is not None
                assert all(metric["metric"] in line for metric in config["metric_list"])
            hashes = "".join(s["doc_hash"] + s["prompt_hash"] + s["target_hash"] for s in lines)
            assert hashlib.sha256(hashes.encode()).hexdigest() == results["task_hashes"][task]
            for line in lines:
                doc = json.dumps(line["doc"], indent=2, ensure_ascii=False)
                assert line["doc_hash"] == hashlib.sha256(doc.encode()).hexdigest()
        print(model.name)
        print(make_table(results))


if __name__ == "__main__":
    if sys.argv[1] == "golden":
        golden(sys.argv[2], pathlib.Path(sys.argv[3]).resolve())
    else:
        opened(pathlib.Path(sys.argv[2]).resolve())
