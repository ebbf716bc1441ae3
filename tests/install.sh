#!/usr/bin/env bash
# The README's first command, as a newcomer runs it: a fresh clone, the oldest Node allowed and an npm of its time, which leave
# no link to our Node and rewrite lock files. Asks for a page, stops, and wants a tree without a change. Needs the network.
set -euo pipefail
cd "$(dirname "$0")/.."

oldest=$(bin/node --print "/\d+\.\d+\.\d+/.exec(require('./package.json').engines.node)[0]")
platform=$(bin/node --print 'process.platform + "-" + process.arch')
folder=$(mktemp -d)
site=
trap 'kill -- -$site 2>/dev/null || true; rm -rf "$folder"' EXIT

git clone --quiet . "$folder/site"
npm install --prefix "$folder/tools" --ignore-scripts --no-audit --loglevel=error npm@10.9.4 "node-$platform@$oldest"
PATH=$folder/tools/node_modules/.bin:$PATH
cd "$folder/site"
node --version
npm --version
npm install --no-audit --loglevel=error

mkfifo "$folder/written"
set -m # the site and the npm that started it stop together, as with Ctrl-C
PORT=0 npm start >"$folder/written" 2>&1 &
site=$!
set +m
exec 3<"$folder/written"
line=
until [[ $line == 'Site : '* ]]; do
  read -r -t 120 -u 3 line || { echo 'The site did not start' >&2 && exit 1; }
  echo "$line"
done
origin=${line#Site : }
bin/node --eval "fetch('$origin/appeler').then(({ status }) => process.exit(status === 200 ? 0 : 1))"
kill -INT -- -$site
wait $site || [ $? -eq 130 ]
changed=$(git status --porcelain)
[ -z "$changed" ] || { git diff && echo "$changed" >&2 && exit 1; }
echo "Installed and started with Node $oldest and npm 10.9.4: a page, a stop, no change"
