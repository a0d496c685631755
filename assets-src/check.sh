#!/bin/sh
# Rebuilds the web assets and fails when they differ from the committed ones.
set -eu
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund --silent
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
node build.mjs "$fresh"
diff -r "$fresh" ../assets/web
echo "assets/web is what assets-src builds"
