# Sourced by the scripts beside it: speaks HTTP to the server that an esdb:// connection string names.
# shellcheck shell=bash
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
self=ops/eventstoredb/$(basename "$0")

say() { printf '%s\n' "$*" >&2; }

# fail CODE MESSAGE
fail() { say "$self: $2"; exit "$1"; }

decoded() { printf '%b' "${1//%/\\x}"; }

# Reads a connection string and finds a node that answers: sets $server and $curl_config, which no list of processes shows.
connect() {
  local string=$1 rest options= user= pair scheme=https ca= host
  [[ $string == esdb://* || $string == esdb+discover://* ]] || fail 2 "a connection string begins with esdb:// or esdb+discover://"
  rest=${string#*://}
  if [[ $rest == *\?* ]]; then options=${rest#*\?} rest=${rest%%\?*}; fi
  if [[ $rest == *@* ]]; then user=${rest%@*} rest=${rest##*@}; fi
  curl_config=$'silent\nshow-error\nmax-time = 60\n'
  for pair in ${options//&/ }; do
    case ${pair,,} in
      tls=false) scheme=http ;;
      tlsverifycert=false) curl_config+=$'insecure\n' ;;
      tlscafile=*) ca=$(decoded "${pair#*=}"); [[ -r $ca ]] || fail 2 "cannot read tlsCAFile $ca"; curl_config+="cacert = \"$ca\""$'\n' ;;
    esac
  done
  if [[ -n $user ]]; then
    user=$(decoded "${user%%:*}"):$(decoded "${user#*:}")
    user=${user//\\/\\\\}
    curl_config+="user = \"${user//\"/\\\"}\""$'\n'
  fi
  rest=${rest%/}
  for host in ${rest//,/ }; do
    [[ $host =~ :[0-9]+$ ]] || host+=:2113
    server=$scheme://$host
    if ask GET /health/live --max-time 5 && ((status == 204)); then return; fi
  done 2>/dev/null
  fail 1 "no node of $rest answers (${answer:-silence}); is the server up, and does tlsCAFile name its authority?"
}

# ask METHOD PATH [curl arguments]: sets $status and $answer; fails only when nobody answers.
ask() {
  local method=$1 path=$2
  shift 2
  answer=$(curl --config - --request "$method" --write-out '\n%{http_code}' "$@" "$server$path" 2>&1 <<<"$curl_config") || {
    answer=${answer%%$'\n'*} status=0
    return 1
  }
  status=${answer##*$'\n'}
  answer=${answer%$'\n'*}
}

# must WHAT METHOD PATH [curl arguments]: asks, and fails with what the server said unless it did it.
must() {
  local what=$1
  shift
  ask "$@" || fail 1 "$what: $answer"
  case $status in
    2*) ;;
    401) fail 1 "$what: the server does not know the user of the connection string, or the password is another" ;;
    *) fail 1 "$what: the server answers $status ${answer:0:300}" ;;
  esac
}
