# hostwire: `make demo` runs the main job, `make test` everything CI checks, `make pkg` builds the
# publishable package into pkg/, `make bench` the benchmarks. Each sets up what it lacks.

WASM_BINDGEN := 0.2.129
WASM_PACK := 0.15.1
# Tools are kept outside the checkout, by version, so that a fresh clone finds them again.
CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/hostwire
BINDGEN_DIR := $(CACHE)/wasm-bindgen-$(WASM_BINDGEN)
PACK_DIR := $(CACHE)/wasm-pack-$(WASM_PACK)
PYTHON_DIR := $(CACHE)/python-$(shell cksum specs/requirements.txt | cut -d' ' -f1)
CARGO_SOURCES := $(or $(CARGO_HOME),$(HOME)/.cargo)/registry/src

export PATH := $(CURDIR)/node_modules/.bin:$(BINDGEN_DIR)/bin:$(PACK_DIR)/bin:$(PATH)
# With simd128, which all runtimes have had for years, SHA-256 takes the vector instructions: a signature
# takes an eighth less time. Functions a little larger than opt-level z would inline are inlined: that costs no
# bytes once compressed, and a POST of 2 kB takes a fifth less time in the core. Paths of the machine that builds have
# no place in the package.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS := \
	-C target-feature=+simd128 -C llvm-args=-inline-threshold=25 \
	--remap-path-prefix=$(CARGO_SOURCES)=

RUST_SOURCES := $(shell find src -name '*.rs') Cargo.toml Cargo.lock rust-toolchain.toml
PKG_SOURCES := $(shell find pkg-template -type f -not -path '*/node_modules/*') $(wildcard specs/*.yaml) \
	README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE

.PHONY: demo test pkg bench setup environments clean
.DELETE_ON_ERROR:

demo: pkg
	@node js-tests/demo

pkg: pkg/package.json

bench: setup environments pkg bench/node_modules/.package-lock.json
	@node bench

# What the package is measured beside: only the benchmarks need it.
bench/node_modules/.package-lock.json: bench/package.json bench/package-lock.json
	@echo "Installing what to measure beside"
	cd bench && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

test: setup environments pkg
	@tools/test.sh

clean:
	rm -rf build pkg target node_modules js-tests/node_modules js-tests/build bench/node_modules

setup: node_modules/.package-lock.json $(BINDGEN_DIR)/bin/wasm-bindgen $(PACK_DIR)/bin/wasm-pack .wasm-target

.PHONY: .wasm-target
.wasm-target:
	@rustup target list --installed | grep -q wasm32-unknown-unknown \
		|| { echo "Adding Rust's WebAssembly target"; rustup target add wasm32-unknown-unknown; }

$(BINDGEN_DIR)/bin/wasm-bindgen:
	@echo "Building wasm-bindgen $(WASM_BINDGEN), about two minutes, once"
	cargo install wasm-bindgen-cli --locked --version $(WASM_BINDGEN) --root $(BINDGEN_DIR) --quiet

$(PACK_DIR)/bin/wasm-pack:
	@echo "Building wasm-pack $(WASM_PACK), about three minutes, once"
	cargo install wasm-pack --locked --version $(WASM_PACK) --root $(PACK_DIR) --quiet

node_modules/.package-lock.json: package.json package-lock.json
	@echo "Installing npm packages"
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# What the package is tested in: only the tests need it, and it is large.
environments: js-tests/node_modules/.package-lock.json .browsers

js-tests/node_modules/.package-lock.json: js-tests/package.json js-tests/package-lock.json
	@echo "Installing runtimes and bundlers to test with, about half a minute"
	cd js-tests && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: .browsers
.browsers:
	@for browser in $(or $(CHROMIUM),chromium) $(or $(FIREFOX),firefox-esr); do \
		command -v $$browser >/dev/null && continue; \
		echo "Installing $$browser"; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends $$browser >/dev/null || exit; \
	done

# The folder is named after what is in it, so once it is there it is right.
$(PYTHON_DIR)/ready:
	@echo "Installing the spec checker's Python packages"
	@rm -rf $(PYTHON_DIR)
	@python3 -m venv $(PYTHON_DIR) >/dev/null 2>&1 \
		|| { apt-get update -qq && apt-get install -y -qq --no-install-recommends python3 python3-venv && python3 -m venv --clear $(PYTHON_DIR); }
	$(PYTHON_DIR)/bin/python -m pip install --quiet --disable-pip-version-check -r specs/requirements.txt
	@touch $@

# wasm-pack leaves wasm-opt out in silence where it does not find it, so setup comes first.
build/core/hostwire_bg.wasm: $(RUST_SOURCES) Makefile | setup
	@echo "Building the core"
	@wasm-pack --log-level warn build --target bundler --release --mode no-install --no-pack --out-dir build/core -- --quiet
	@touch $@

pkg/package.json: build/core/hostwire_bg.wasm $(PKG_SOURCES) | setup
	@echo "Building the package"
	@node pkg-template/build.mjs

.PHONY: check-specs
check-specs: $(PYTHON_DIR)/ready
	@$(PYTHON_DIR)/bin/python specs/check.py specs/*.yaml
