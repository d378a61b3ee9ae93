#!/usr/bin/env bash
# Builds the production image, and runs commands in it as compose.yaml has them run: not as root, on
# a root file system that cannot be written.
#
#   scripts/image.sh build [OPTION…]                 options go to the builder, such as
#                                                    --build-arg BASE=… or --volume …
#   scripts/image.sh check                           fails where a command could change the image
#   scripts/image.sh run FILE FOLDER COMMAND…        FILE holds the variables; FOLDER is there inside
#
# Docker or Podman where one answers. Elsewhere, as root on Debian: Buildah, on a base that is made by
# debootstrap, and the kernel's own means to run it.
set -euo pipefail
cd "$(dirname "$0")/.."

image=gaechwi
uid=10001
engine=
for candidate in docker podman; do
    if $candidate info >/dev/null 2>&1; then engine=$candidate && break; fi
done
buildah() { command buildah --storage-driver vfs "$@"; }

make_base() {
    local folder container
    if buildah inspect localhost/base >/dev/null 2>&1; then return; fi
    folder=$(mktemp -d)
    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates \
        bookworm "$folder" >/dev/null
    container=$(buildah from scratch)
    buildah copy --quiet "$container" "$folder" / >/dev/null
    buildah commit --quiet "$container" localhost/base >/dev/null
    buildah rm "$container" >/dev/null
    rm -rf "$folder"
}

build() {
    if [[ -n $engine ]]; then
        $engine build --tag $image "$@" .
    else
        make_base
        # What the last image was tried in.
        buildah rm $image-tried >/dev/null 2>&1 || true
        buildah bud --isolation chroot --network host --build-arg BASE=localhost/base \
            --tag $image "$@" .
    fi
}

run() {
    local file=$1 folder=$2
    shift 2
    if [[ -n $engine ]]; then
        exec $engine run --rm --init --network host --read-only --tmpfs /tmp --cap-drop ALL \
            --security-opt no-new-privileges --env-file "$file" \
            --volume "$folder:$folder" $image "$@"
    fi
    # Mounted for this command alone, and gone with it.
    exec unshare --mount "$0" in_mounts "$file" "$folder" "$@"
}

check() {
    local folder
    folder=$(mktemp -d)
    touch "$folder/variables"
    inside() { "$0" run "$folder/variables" "$folder" "$@"; }
    if [[ $(inside id -u) -eq 0 ]] || inside touch /app/written 2>/dev/null; then
        echo "the image can be changed from inside" >&2
        exit 1
    fi
    inside touch /tmp/written
    rm -rf "$folder"
}

in_mounts() {
    local file=$1 folder=$2 root container
    shift 2
    container=$(buildah containers --quiet --filter name=$image-tried)
    [[ -n $container ]] || container=$(buildah from --name $image-tried localhost/$image)
    root=$(buildah mount $image-tried)
    mkdir -p "$root$folder"
    mount --bind "$root" "$root"
    mount --bind "$folder" "$root$folder"
    mount -o remount,bind,ro "$root"
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
    # Over the new /tmp once more, where the folder lies in it.
    mkdir -p "$root$folder"
    mount --bind "$folder" "$root$folder"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mapfile -t variables < <(
        buildah inspect --format '{{range .OCIv1.Config.Env}}{{println .}}{{end}}' $image-tried
        cat "$file"
    )
    exec env --ignore-environment "${variables[@]}" chroot "$root" \
        setpriv --reuid $uid --regid $uid --clear-groups --bounding-set=-all --no-new-privs \
        env --chdir=/app "$@"
}

"$@"
