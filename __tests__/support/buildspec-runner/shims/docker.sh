#!/bin/bash
# docker of a build of the tests: buildah builds, and a folder is the registry. Nothing is pulled from the
# network: base images are stand-ins under their public names.
set -o pipefail
note() { echo "docker $* as ${AWS_ACCESS_KEY_ID:-}" >> "$BUILD_MACHINE/calls"; }
# A login that reads a password waits for another program's call.
[ "$1" = login ] || note "$@"
images() { buildah --root "$BUILD_MACHINE/images" --runroot "$BUILD_MACHINE/images.run" --storage-driver vfs "$@"; }
fail() { echo "$1" >&2; exit 1; }

# <host>/<repository>:<tag> or @<digest>
locate() {
  host="${1%%/*}"
  local rest="${1#*/}"
  case "$rest" in
    *@*) repository="${rest%@*}" reference="${rest##*@}" ;;
    *:*) repository="${rest%:*}" reference="${rest##*:}" ;;
    *) repository="$rest" reference=latest ;;
  esac
  folder="$BUILD_MACHINE/registry/$host/$repository"
}

build() {
  local arguments=()
  while [ $# -gt 0 ]; do
    case "$1" in
      --pull | --progress=* | --provenance=* | --cache-from=*) ;;
      --progress | --provenance | --cache-from) shift ;;
      --secret) shift; arguments+=(--secret "$(secret "$1")") ;;
      *) arguments+=("$1") ;;
    esac
    shift
  done
  echo "docker of the tests: base images are stand-ins made of this machine's files; nothing is pulled" >&2
  images bud --isolation chroot --pull-never "${arguments[@]}" 2>&1
}

# buildah knows files only: id=NAME,env=NAME becomes id=NAME,src=<file>
secret() {
  local id="${1#id=}" name
  id="${id%%,*}" name="${1##*env=}"
  case "$1" in
    *env=*) (umask 077; printf %s "${!name}" > "$BUILD_MACHINE/secret-$id"); echo "id=$id,src=$BUILD_MACHINE/secret-$id" ;;
    *) echo "$1" ;;
  esac
}

push() {
  locate "$1"
  images inspect --type image "$1" > /dev/null 2>&1 || fail "An image does not exist locally with the tag: ${1%:*}"
  [ -e "$BUILD_MACHINE/logins/$host" ] || fail "no basic auth credentials"
  [ -d "$folder" ] || fail "name unknown: The repository with name '$repository' does not exist in the registry with id '${host%%.*}'"
  local pushed="$folder/pushed.$$" digest
  images push --quiet --digestfile "$folder/digest.$$" "$1" "dir:$pushed" || exit 1
  digest="$(cat "$folder/digest.$$")"
  rm "$folder/digest.$$"
  if [ -e "$folder/immutable" ] && [ -e "$folder/tags/$reference" ] && [ "$(cat "$folder/tags/$reference")" != "$digest" ]; then
    fail "tag invalid: The image tag '$reference' already exists in the '$repository' repository and cannot be overwritten because the tag is immutable."
  fi
  mkdir -p "$folder/images" "$folder/tags"
  if [ -e "$folder/images/$digest" ]; then rm -r "$pushed"; else mv "$pushed" "$folder/images/$digest"; fi
  printf %s "$digest" > "$folder/tags/$reference"
  echo "$reference: digest: $digest"
}

pull() {
  local image="${!#}"
  locate "$image"
  local digest="$reference"
  case "$reference" in
    sha256:*) ;;
    *) digest="$(cat "$folder/tags/$reference" 2> /dev/null)" ;;
  esac
  [ -n "$digest" ] && [ -d "$folder/images/$digest" ] || fail "Error response from daemon: manifest for $image not found: manifest unknown: Requested image not found"
  [ -e "$BUILD_MACHINE/logins/$host" ] || fail "Error response from daemon: pull access denied for $host/$repository: no basic auth credentials"
  images tag "$(images pull --quiet "dir:$folder/images/$digest")" "$image"
}

login() {
  local password host="${!#}" identity
  password="$([[ "$*" != *--password-stdin* ]] || cat)"
  note login "$@"
  while [ $# -gt 0 ]; do
    case "$1" in -p | --password) password="$2" ;; esac
    shift
  done
  host="${host#https://}"
  identity="${password#token-of-}"
  [ "$password" != "$identity" ] || fail "Error response from daemon: login attempt to https://$host/v2/ failed with status: 400 Bad Request"
  mkdir -p "$BUILD_MACHINE/logins"
  echo "$identity" > "$BUILD_MACHINE/logins/$host"
  echo "Login Succeeded"
}

command="$1"
shift
[ "$command $1" = "buildx build" ] && command=build && shift
case "$command" in
  build | push | pull | login) "$command" "$@" ;;
  tag) images tag "$@" || fail "Error response from daemon: No such image: $1" ;;
  rmi) images rmi "$@" > /dev/null 2>&1 || fail "Error response from daemon: No such image: ${!#}" ;;
  images | inspect) images "$command" "$@" ;;
  *) fail "docker: '$command' is not a command of the tests' docker" ;;
esac
