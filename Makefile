# The only entry point: make help.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

export JAVA_HOME := $(shell dev/make/jdk.sh)
export KEIZOKU_CACHE ?= $(HOME)/.cache/keizoku
# Where the integration tests find kube-apiserver and etcd, so that they download nothing.
export KUBE_API_TEST_DIR := $(KEIZOKU_CACHE)/kube-api-test
export KUBE_API_TEST_API_SERVER_VERSION := $(shell dev/cluster/kubernetes-version.sh)

MVN := mvn -B -ntp

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: tools
tools:
	@dev/make/check-tools.sh "$(JAVA_HOME)"

.PHONY: build
build: tools ## compile and package every module, without tests
	$(MVN) -DskipTests package

.PHONY: test-servers
test-servers:
	@dev/cluster/kube-api-test.sh >/dev/null
	@dev/cluster/go-programs.sh minio
	@dev/python/venv.sh >/dev/null

.PHONY: it
it: tools test-servers ## unit tests, and integration tests on real servers: kube-apiserver, etcd, MinIO
	$(MVN) verify

.PHONY: e2e
e2e: installed ## the end-to-end tests on the real node
	dev/install/with-cluster.sh $(MVN) verify -Pe2e -pl e2e -am -Dtest=NoUnitTest -Dit.test='*E2E,!KueueE2E' \
	  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false

.PHONY: test
test: tools test-servers installed ## set up what is needed, then run all tests
	dev/install/with-cluster.sh $(MVN) verify -Pe2e

.PHONY: test-ecosystem
test-ecosystem: export KEIZOKU_WITH := kueue
test-ecosystem: installed ## the tests with a real Kueue, promtool, Argo CD and the validators of OLM, built the first time (minutes)
	@dev/prometheus/check.sh
	@argocd/check.sh
	@dev/grafana/check.sh
	@olm/bundle.sh target/olm
	dev/install/with-cluster.sh $(MVN) verify -Pe2e -pl e2e -am -Dtest=NoUnitTest -Dit.test=KueueE2E \
	  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false

.PHONY: quickstart
quickstart: installed ## set up what is needed, then run the main job and show the result
	@dev/quickstart/run.sh

.PHONY: crds
crds: tools ## write the chart's resource definitions and docs/api.md anew, from the Java model
	$(MVN) -q -pl crds -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest='GeneratedCrdsTest,ApiReferenceTest' -Dcrds.write=true

.PHONY: package-info
package-info: tools ## write into each package-info what its package imports of its module
	$(MVN) -q -pl libs/testing -am test -Dtest=PackageInfoTest -Dpackage-info.write=true -Dsurefire.failIfNoSpecifiedTests=false
	$(MVN) -q spotless:apply

.PHONY: fmt
fmt: tools ## format the Java sources
	$(MVN) -q spotless:apply

.PHONY: images
images: tools ## build all images without a registry, into the local cluster when it is up
	@dev/image/build.sh

.PHONY: cluster
cluster: ## bring up the local Kubernetes (KEIZOKU_CLUSTER=existing uses yours)
	@dev/cluster/up.sh

.PHONY: cluster-check
cluster-check: ## try the local Kubernetes with two pods: names, services, volumes, GPUs
	@dev/cluster/check.sh

.PHONY: install
install: ## the chart, with MinIO, into the cluster that is up
	@dev/install/install.sh

.PHONY: uninstall
uninstall: ## remove the chart; the resources and their definitions stay
	@dev/install/uninstall.sh

.PHONY: olm-bundle
olm-bundle: ## a bundle for the Operator Lifecycle Manager in target/olm (VALUES="--set global.imageRegistry=...")
	@olm/bundle.sh target/olm $(VALUES)

# One after the other: the images are brought into the cluster that is up.
.PHONY: installed
installed: tools
	@$(MAKE) cluster
	@$(MAKE) images
	@$(MAKE) install

.PHONY: cluster-down
cluster-down: ## stop the local Kubernetes and remove all that it left
	@dev/cluster/down.sh

.PHONY: bench-trainer
bench-trainer: tools ## the trainer against transformers + DeepSpeed: speed and memory
	@bench/trainer/run.sh $(BENCH)

.PHONY: bench-sizes
bench-sizes: tools ## a 0.5B model's run, killed and resumed: memory and disk against the plan (BENCH=small: 5 GiB)
	@bench/sizes/run.sh $(BENCH)

.PHONY: bench-eval
bench-eval: tools ## the evaluator against lm-evaluation-harness: speed; with BENCH=--parity the same numbers
	@bench/eval/run.sh $(BENCH)

.PHONY: bench-corpus
bench-corpus: tools ## the corpus program on labelled documents: what it finds, and its time beside datatrove's
	@bench/corpus/run.sh $(BENCH)

.PHONY: bench-operator
bench-operator: tools test-servers ## the operator beside Kubeflow Trainer with JobSet: time to the last Job, memory, quiet
	@$(MVN) -q package -DskipTests -pl operator -am
	@bench/operator/run.sh $(BENCH)

.PHONY: gpu-check
gpu-check: tools ## check training on this machine's GPU (GPU_CHECK="--device cpu" rehearses it)
	@dev/gpu/pack.sh >/dev/null
	@target/gpu/gpu-check/check.sh $(GPU_CHECK)

.PHONY: gpu-pack
gpu-pack: tools ## the same as a tarball for a machine with nothing but Python's torch
	@dev/gpu/pack.sh

.PHONY: chaos
chaos: tools test-servers ## the operator killed, cut off and overtaken, 21,000 odd manifests, a million looks at a run (CHAOS="-Dchaos.seed=7")
	$(MVN) -q -pl operator -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=RunInvariantsTest -Dfuzz.histories=3000 $(CHAOS)
	$(MVN) -q -pl operator -am package failsafe:integration-test failsafe:verify \
	  -Dit.test=FuzzedManifestsIT,KilledOperatorIT,CutOffIT,EditedMeanwhileIT \
	  -Dtest=NoUnitTest -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
	  -Dfuzz.manifests=7000 -Dchaos.kills=50 -Dchaos.cuts=50 -Dchaos.edits=10000 $(CHAOS)

.PHONY: gate-simulation
gate-simulation: tools ## how often the gate passes one of 10,000 candidates that are no better
	$(MVN) -q -pl eval-image -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=GateSimulationTest -Dgate.pairs=10000 -Dgate.draws=500

.PHONY: page-pictures
page-pictures: tools ## the reports of small real runs, looked at in a browser: docs/pages
	@dev/page/pictures.sh

.PHONY: clean
clean: tools ## remove what the build made; caches and the cluster stay
	$(MVN) -q clean
