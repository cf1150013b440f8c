/**
 * What a run file comes to before a model is in memory: its checks, the requests, the models, and
 * the scores that an earlier attempt has kept.
 */
package dev.keizoku.eval.plan;
