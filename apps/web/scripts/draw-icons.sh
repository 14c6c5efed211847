#!/bin/sh
# Draws the icons that phones put on their home screens from static/icon.svg. Needs Chromium. Run again only when the icon changes.
# Where a phone cuts its own shape (iPhones, `maskable`) the red goes to the edge, and what must be seen keeps inside the middle 80 %.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
svg=$here/static/icon.svg
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
roof=$(sed -n 's/.*\(<path d="M3.*\)<\/svg>.*/\1/p' "$svg")
draw() {
  printf '<!doctype html><style>*{margin:0}svg{display:block;inline-size:%spx}</style>%s' "$1" "$3" >"$work/icon.html"
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --default-background-color=00000000 --force-device-scale-factor=1 \
    --window-size="$1,$1" --user-data-dir="$work/profile" --screenshot="$2" "file://$work/icon.html" 2>/dev/null
}
edge='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#a3211f" d="M0 0h32v32H0z"/><g transform="translate(16 16) scale(.8) translate(-16 -15)">'
draw 192 "$here/static/icon-192.png" "$(cat "$svg")"
draw 512 "$here/static/icon-512.png" "$(cat "$svg")"
draw 512 "$here/static/icon-512-maskable.png" "$edge$roof</g></svg>"
draw 180 "$here/static/icon-180.png" "$edge$roof</g></svg>"
