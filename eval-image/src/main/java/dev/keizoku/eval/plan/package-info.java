/**
 * What a run file comes to before a model is in memory: its checks, the requests, the models, and
 * the scores that an earlier attempt has kept. Of its module it imports {@code catalog}, {@code
 * generate}, {@code items}, {@code remote}, {@code request}, {@code score}, {@code stats}, {@code
 * task}.
 */
package dev.keizoku.eval.plan;
