/**
 * The operator while what it stands on fails: it is killed, cut off, overtaken. On a
 * kube-apiserver, etcd and kube-controller-manager of the tests' own, which can be away.
 */
package dev.keizoku.operator.chaos;
