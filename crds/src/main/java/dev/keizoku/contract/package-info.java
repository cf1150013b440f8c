/**
 * What the operator and the programs in its pods tell each other: the run file that a pod is given,
 * the progress that it serves and the final report that it leaves. Plain records with Jackson
 * annotations; imports nothing of Kubernetes, so that the programs run without a cluster too. Files
 * are YAML or JSON of these records; unknown fields are refused, so that a misspelt field is a
 * sentence and not a silent default.
 */
package dev.keizoku.contract;
