#!/usr/bin/env bash
# The README's first command, as a newcomer runs it: a fresh clone, the oldest Node allowed and an npm of its time, which leave
# no link to our Node and rewrite lock files; then the construction of docs/installer.md, as that page writes it. Asks for a
# page each time, stops, and wants a tree without a change. Needs the network.
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

# Starts the site by an npm script, asks for a page, stops it.
look() {
  set -m # the site and the npm that started it stop together, as with Ctrl-C
  PORT=0 npm run "$1" >"$folder/written" 2>&1 &
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
  exec 3<&-
}

# The one command of the guide that begins with these words, with its settings in our folder.
fromGuide() {
  bin/node --input-type=module --eval \
    "import { fromGuide } from './tests/support/guide.ts'; console.log(fromGuide(process.argv[1]))" "$1" |
    sed "s|sudo ||; s|/etc/un-premier-pas|$folder/etc|g"
}

mkfifo "$folder/written"
look start

sh -c "$(fromGuide 'sudo sh -ec ')"
cat >"$folder/etc/reglages.env" <<END
PUBLIC_ORIGIN=https://exemple.fr
EXIT_URL=https://sortie.exemple.fr/
SMTP_HOST=localhost
MAIL_FROM=site@example.org
MAIL_TO=equipe@example.org
MORNING_TEST=false
DATA_DIR=$folder/data
OUTBOX_SECRET_FILE=$folder/etc/secrets/outbox-secret
END
sh -c "$(fromGuide 'npm install && set -a')"
[ ! -e node_modules/typescript ] # it only tests
set -a
. "$folder/etc/reglages.env"
set +a
look serve
changed=$(git status --porcelain)
[ -z "$changed" ] || { git diff && echo "$changed" >&2 && exit 1; }
echo "Installed, started, then built as the guide says, with Node $oldest and npm 10.9.4: a page, a stop, no change"
