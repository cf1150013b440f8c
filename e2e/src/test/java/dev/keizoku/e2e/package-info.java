/**
 * The main job on a real node: the manifests of the quick start, made shorter, applied to the
 * cluster that KUBECONFIG names, with the chart's operator and MinIO. Knows resources and
 * artifacts; imports no program.
 */
package dev.keizoku.e2e;
