#!/usr/bin/env bash
# Sees to it that the tests find a Chromium, a font with Hangul, and Pango. Where this machine
# does not let us install them, the tests say by name what did not run; in CI that is a failure.
set -euo pipefail

have_browser() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null; }
have_font() { [[ -n $(find /usr/share/fonts /usr/local/share/fonts ~/.fonts \
    -iname '*noto*cjk*' -print -quit 2>/dev/null || true) ]]; }

have_pango() { ldconfig -p 2>/dev/null | grep -q libpangoft2; }

if have_browser && have_pango && { have_font || ! command -v apt-get >/dev/null; }; then
    exit 0
fi
if [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing Chromium, a Korean font and Pango for the tests …"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq </dev/null >/dev/null && apt-get install -qq --yes \
        --no-install-recommends chromium fonts-noto-cjk libpango-1.0-0 \
        libpangoft2-1.0-0 </dev/null >/dev/null; then
        exit 0
    fi
fi
if ! have_browser; then
    echo "No Chromium here, and it could not be installed: the browser tests will not run." >&2
    [[ ${CI:-} != true ]]
fi
