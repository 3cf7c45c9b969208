#!/usr/bin/env bash
# Runs every suite, and ends with one line that adds up all of them. A suite that fails does not keep
# the others from running; one that counts no test has failed.
set -uo pipefail
cd "$(dirname "$0")/.."

passed=0
failed=0
faults=()
log=$(mktemp)
trap 'rm -f "$log"' EXIT

total() { awk '{ sum += $1 } END { print sum + 0 }'; }

# suite NAME COMMAND...: runs a command and adds what its runner counted.
suite() {
  local name=$1
  shift
  echo
  echo "== $name"
  "$@" 2>&1 | tee "$log"
  local status=${PIPESTATUS[0]} ok bad
  # cargo: "test result: ok. 5 passed; 0 failed", node: "# pass 5" (or with an info sign), check: none.
  ok=$(sed -nE 's/^test result: .* ([0-9]+) passed.*/\1/p; s/^(#|ℹ) pass ([0-9]+)$/\2/p' "$log" | total)
  bad=$(sed -nE 's/^test result: .* ([0-9]+) failed.*/\1/p; s/^(#|ℹ) (fail|cancelled) ([0-9]+)$/\3/p' "$log" | total)
  count "$name" "$status" "${ok:-0}" "${bad:-0}"
}

# check NAME COMMAND...: a command that is right or wrong as a whole counts as one test.
check() {
  local name=$1
  shift
  echo
  echo "== $name"
  "$@"
  local status=$?
  count "$name" "$status" $((status == 0)) $((status != 0))
}

count() {
  local name=$1 status=$2 ok=$3 bad=$4
  if ((status != 0 && bad == 0)); then bad=1; fi
  if ((ok + bad == 0)); then bad=1; fi
  passed=$((passed + ok))
  failed=$((failed + bad))
  if ((bad > 0)); then faults+=("$name: $bad failed"); fi
}

check "Rust is formatted" cargo fmt --check
check "Rust lints" cargo clippy --quiet --all-targets -- -D warnings
check "Rust lints, as it is published" cargo clippy --quiet --target wasm32-unknown-unknown -- -D warnings
suite "The core, natively" cargo test --quiet
suite "The boundary, in WebAssembly" env CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner cargo test --target wasm32-unknown-unknown --test boundary
check "The specs" make --no-print-directory check-specs
check "JavaScript is formatted and lints" biome ci --error-on-warnings .
check "Types of the runtime" tsc -p pkg-template/src
check "Types of the generator" tsc -p pkg-template/generator
check "Types of the tests" tsc -p js-tests
suite "The generator" node --test pkg-template/generator/
suite "The sandbox" node --test js-tests/sandbox/
suite "The package" node --test js-tests/package/
suite "What was recorded" node --test js-tests/fixtures/
suite "The providers" node --test js-tests/providers/
suite "Every environment" node --test js-tests/matrix/
suite "The proxy" node --test js-tests/proxy/
suite "The examples" node --test js-tests/examples/
suite "The extension" node --test js-tests/extension/
suite "The README" node --test js-tests/readme/
suite "The demo" node --test js-tests/demo/

echo
for fault in "${faults[@]}"; do echo "$fault"; done
echo "$passed passed, $failed failed"
((failed == 0))
