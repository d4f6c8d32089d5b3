#!/usr/bin/env bash
# Builds and tries the image without Docker or a registry of images: on Debian, as root, with only
# Debian's packages and the package index that pip uses on this machine.
#
#   apt-get install buildah debootstrap curl python3-pip
#   deploy/build-without-docker.sh
#
# The Dockerfile's base image is made from Debian's packages under the name that it asks for, so it
# has Debian's version of Python. Nothing is pushed. To remove both images:
#
#   buildah rmi kokoro-openai-server python:3.12-slim
set -euo pipefail
cd "$(dirname "$0")/.."

release=${RELEASE:-bookworm}
# shellcheck disable=SC2016  # apt-get's variable, not ours
mirror=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' "Codename: $release" | head -1)}
port=${PORT:-8000}
image=kokoro-openai-server
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

make_base() { # NAME PACKAGES: an image of Debian's packages
    local container
    debootstrap --variant=minbase --include="$2" "$release" "$work/root" "$mirror"
    rm -rf "$work"/root/var/cache/apt/archives/*.deb
    [ ! -e "$work/root/usr/bin/python3" ] || ln -sf python3 "$work/root/usr/bin/python"
    container=$(buildah from scratch)
    buildah add -q "$container" "$work/root" /
    buildah commit -q --rm "$container" "$1"
    rm -rf "$work/root"
}

# pip's configuration of package indexes on this machine, for the containers that build.
python3 -m pip config list | python3 -c '
import ast, sys
wanted = {"index-url", "extra-index-url", "find-links", "trusted-host", "cert", "proxy"}
print("[global]")
for line in sys.stdin:
    name, value = line.strip().split("=", 1)
    section, option = name.rsplit(".", 1)
    if section in (":env:", "global") and option in wanted:
        wanted.remove(option)
        words = ast.literal_eval(value).split()
        print(option, "=", *words)
        for path in words:
            if path.startswith("/"):
                print(path, file=sys.stderr)
            elif path.startswith("file:///"):  # an index, with its files beside it
                print(path.removeprefix("file://").rstrip("/").rpartition("/")[0], file=sys.stderr)
' >"$work/pip.conf" 2>"$work/paths"
mounts=(--volume "$work/pip.conf:/etc/pip.conf:ro")
while read -r path; do
    [ ! -e "$path" ] || mounts+=(--volume "$path:$path:ro")
done < <(sort -u "$work/paths")

base=$(sed -n 's/^FROM \([^ ]*\).*/\1/p' deploy/Dockerfile | sort -u)
if ! buildah inspect --type image "localhost/$base" >/dev/null 2>&1; then
    make_base "localhost/$base" python3,python3-venv,ca-certificates
fi
buildah bud --format docker --isolation chroot --pull-never "${mounts[@]}" -f deploy/Dockerfile -t "$image" .

container=$(buildah from --pull-never "$image")
run=(buildah run --isolation chroot --env PORT="$port" "$container" --)
"${run[@]}" kokoro-openai-server &>"$work/log" &
server=$!
stop() {
    { kill "$server" && wait "$server"; } 2>/dev/null || true
    buildah rm "$container" >/dev/null
    rm -rf "$work"
}
trap stop EXIT
for _ in $(seq 120); do
    if curl -fsS -o /dev/null "http://127.0.0.1:$port/health/ready" 2>/dev/null; then
        break
    fi
    kill -0 "$server" || { cat "$work/log" && exit 1; }
    sleep 1
done
"${run[@]}" kokoro-openai-server health
curl -fsS "http://127.0.0.1:$port/v1/audio/speech" -H 'Content-Type: application/json' \
    -d '{"model": "tts-1", "input": "It was built without Docker.", "voice": "alloy"}' \
    -o "$work/speech.wav"
[ "$(head -c 4 "$work/speech.wav")" = RIFF ]
echo "The image $image speaks: $(stat -c %s "$work/speech.wav") bytes of WAV."
