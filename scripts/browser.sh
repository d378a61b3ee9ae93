#!/usr/bin/env bash
# Sees to it that the browser tests find a Chromium and a font with Hangul. Where this machine
# does not let us install them, the tests say by name what did not run; in CI that is a failure.
set -euo pipefail

have_browser() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null; }
have_font() { [[ -n $(find /usr/share/fonts /usr/local/share/fonts ~/.fonts \
    -iname '*noto*cjk*' -print -quit 2>/dev/null || true) ]]; }

if have_browser && { have_font || ! command -v apt-get >/dev/null; }; then
    exit 0
fi
if [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing Chromium and a Korean font for the browser tests …"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq </dev/null >/dev/null && apt-get install -qq --yes \
        --no-install-recommends chromium fonts-noto-cjk </dev/null >/dev/null; then
        exit 0
    fi
fi
if ! have_browser; then
    echo "No Chromium here, and it could not be installed: the browser tests will not run." >&2
    [[ ${CI:-} != true ]]
fi
