# Sourced by the scripts beside it: messages, the build, and the cluster of a data folder.
# shellcheck shell=bash
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
self=ops/$(basename "$0")
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1
program=$root/src/Intake.Host/bin/Release/net10.0/intake.dll
# What the program is made from; ops/test builds it together with everything else.
program_sources=(src projections Directory.Build.props Directory.Packages.props global.json .editorconfig)

say() { printf '%s\n' "$*" >&2; }

# fail CODE MESSAGE
fail() { say "$self: $2"; exit "$1"; }

need_sdk() {
  local wanted have
  wanted=$(sed -nE 's/.*"version": *"([^"]+)".*/\1/p' "$root/global.json")
  command -v dotnet >/dev/null ||
    fail 3 "the .NET SDK is missing: there is no dotnet on PATH. Install version $wanted or newer: https://learn.microsoft.com/dotnet/core/install/linux"
  (cd "$root" && dotnet --version) >/dev/null 2>&1 && return
  have=$(dotnet --list-sdks 2>/dev/null | cut -d ' ' -f 1 | paste -sd ' ') || true
  fail 3 "the .NET SDK is too old: version $wanted or newer of ${wanted%%.*}.x is needed; installed: ${have:-none, only a runtime}. See https://learn.microsoft.com/dotnet/core/install/linux"
}

# One line that changes whenever one of the files does, or comes or goes.
state_of() {
  (cd "$root" && find "$@" \( -name bin -o -name obj \) -prune -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort | sha256sum)
}

# build NAME PRODUCT PROJECT SOURCE...: builds for release unless PRODUCT was made from just these sources.
build() {
  local name=$1 product=$2 project=$3 stamp=$root/artifacts/built-$1 state log=$root/artifacts/build-$1.log begun=$SECONDS
  shift 3
  need_sdk
  state=$(state_of "$@")
  if [[ -e $product && -e $stamp && $(<"$stamp") == "$state" ]]; then return; fi
  mkdir -p "$root/artifacts"
  (
    flock -n 9 || { say "Waiting for another build of this folder ..."; flock 9; }
    if [[ -e $product && -e $stamp && $(<"$stamp") == "$state" ]]; then exit 0; fi
    say "Building $name (a minute or two the first time) ..."
    # A compiler that stays behind for the next build must hold neither the locks nor the output of this one.
    (cd "$root" && dotnet build "$project" -c Release -v quiet -clp:NoSummary </dev/null >"$log" 2>&1 6>&- 7>&- 8>&- 9>&-) ||
      { grep -E ': error |error MSB' "$log" | sort -u | head -n 30 >&2; fail 1 "the build failed; all that it said is in $log"; }
    printf '%s\n' "$state" >"$stamp"
    say "Built in $((SECONDS - begun)) s."
  ) 9>"$root/artifacts/build.lock" || exit $?
}

build_program() { build program "$program" src/Intake.Host "${program_sources[@]}"; }

need_postgres() {
  local code=0
  "$root/ops/postgres" status /nonexistent >/dev/null 2>&1 || code=$?
  if ((code != 3)); then return; fi
  if ((EUID != 0)); then
    fail 3 "PostgreSQL is missing, and to install it takes root: run sudo ops/postgres install, or let INTAKE_POSTGRES name a server (Host=...;Username=...;Database=...)."
  fi
  say "PostgreSQL is missing."
  "$root/ops/postgres" install || fail 3 "PostgreSQL could not be installed; the lines above say why."
}

# Where the cluster of a data folder lives: in it, unless PostgreSQL's user cannot enter it (root's own home is closed).
settle_cluster() {
  local data=$1 elsewhere
  if ((EUID != 0)) || [[ -e $data/postgres ]]; then return; fi
  if (cd / && setpriv --reuid=postgres --regid=postgres --init-groups test -x "$data" 2>/dev/null); then return; fi
  mkdir -p /var/lib/intake
  elsewhere=$(mktemp -d /var/lib/intake/XXXXXXXX)
  ln -s "$elsewhere" "$data/postgres"
  say "The user postgres cannot enter $data: the cluster lives in $elsewhere, and $data/postgres points to it."
}

# Everyone who uses a data folder's cluster shares a lock on it, and so does the program that he runs; who finds himself
# alone with it at the end stops the cluster, if a script started it. Descriptor 8 is that lock.
share_cluster() {
  data_of_cluster=$1
  exec 8<>"$data_of_cluster/cluster.lock"
  flock -s 8
}

start_cluster() {
  settle_cluster "$data_of_cluster"
  if ! "$root/ops/postgres" status "$data_of_cluster/postgres" 2>/dev/null; then echo script >"$data_of_cluster/cluster.lock"; fi
  INTAKE_POSTGRES=$("$root/ops/postgres" start "$data_of_cluster/postgres" 6>&- 7>&- 8>&-) || return
  export INTAKE_POSTGRES
}

leave_cluster() {
  if flock -n -x 8 && [[ -s $data_of_cluster/cluster.lock ]]; then
    "$root/ops/postgres" stop "$data_of_cluster/postgres" 6>&- 7>&- 8>&- || return
    : >"$data_of_cluster/cluster.lock"
  fi
}

# The data folder, absolute; made, if it is not there, so that others may pass through it but see nothing.
data_folder() {
  local data
  data=$(realpath -m -- "$1")
  if [[ ! -d $data ]]; then
    mkdir -p -- "$data" 2>/dev/null && chmod 711 "$data" || fail 2 "cannot make the folder $data."
  fi
  [[ -w $data ]] || fail 2 "cannot write in $data; choose another folder by --data."
  printf '%s\n' "$data"
}
