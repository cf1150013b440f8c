/**
 * What a run leaves for people: the log of its steps ({@code metrics.jsonl}), when they were done
 * and how fast ({@code timings.jsonl}), the sample texts ({@code samples.jsonl}), the report with
 * its curves, the model card. Pure but for the text it makes. Of its module it imports {@code
 * report.tensorboard}.
 */
package dev.keizoku.trainer.report;
