/**
 * The operator on a real kube-apiserver and etcd, with the rights that the chart gives it and
 * nothing that runs pods: a fake Job controller moves Jobs and pods as the test says.
 */
package dev.keizoku.operator.kubeapi;
