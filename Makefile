# Every target is described by its "##" line: make help prints them.
GO ?= go
LINT_VERSION := v2.15.0
FUZZTIME ?= 10s
FLOWS ?= one
LINT := $(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)

.DEFAULT_GOAL := help
.PHONY: help build test race conform judge bench fuzz interop mutation broken-clients lint fmt generate tidy-check cover ci clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build the three programs into bin/
	$(GO) build -o bin/ ./cmd/...

test: ## run all tests
	$(GO) test -shuffle=on ./...

# The self-test of the client suite drives programs that are not built for the detector; the
# referee itself is tested beside its code.
race: ## run the tests, and the client suite, under the race detector
	$(GO) test -race -shuffle=on $$($(GO) list ./... | grep -v suites/client/selftest)
	$(GO) build -o bin/ ./cmd/sfclient
	$(GO) run -race ./cmd/sfconform client --config cmd/sfclient/sfconform.yaml

conform: ## run both flows through every case against the fake
	$(GO) run ./cmd/sfconform run

judge: ## judge the reference client, both flows, in every scenario
	$(GO) build -o bin/ ./cmd/sfclient ./cmd/sfconform
	bin/sfconform client --config cmd/sfclient/sfconform.yaml

bench: ## print throughput, memory and start-up as ratios against floors
	$(GO) test -run '^$$' -bench . -benchtime 1x ./mocksf/benchmark

fuzz: ## fuzz every parser of foreign input for FUZZTIME each
	@GO="$(GO)" FUZZTIME="$(FUZZTIME)" ./.ci/fuzz

interop: ## log in with clients of other projects (curl, Go, Node, Python, Ruby, PHP, Perl, Java), also by production names
	@GO="$(GO)" ./.ci/interop

mutation: ## leave out each check of the fake's pipeline: exactly its own cases must fail
	SFCONFORM_SLOW=1 $(GO) test -count=1 -run LeavingOut ./cmd/sfconform

broken-clients: ## judge a client with each fault: exactly its own requirement must fail (FLOWS=both: in both flows)
	$(GO) test -count=1 -timeout 90m -v ./suites/client/selftest -broken=all -broken.flows=$(FLOWS)

lint: ## run the linters
	$(LINT) run

fmt: ## format the code
	$(LINT) fmt

generate: ## write the reference pages anew
	$(GO) generate ./...

tidy-check: ## fail if go.mod or a generated page is stale
	$(GO) mod tidy -diff
	$(GO) generate ./...
	git diff --exit-code

cover: ## print the coverage by package
	$(GO) test -cover ./...

ci: ## run what CI runs
	./.ci/run

clean: ## remove what was built
	rm -rf bin report
