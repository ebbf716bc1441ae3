// `bin/node deploy/en-tetes.ts http://127.0.0.1:4321`: the headers that a running site gives to each of its files, as nginx
// says them, so that a static host gives the same. Run it at each new version: policies name each script by its hash.
import { join } from 'node:path';
import { addressOf } from '../src/built/address.ts';
import { filesIn } from '../src/built/compression.ts';
import { builtFolder } from '../src/server/http/built-pages.ts';

// Made for one answer, or by the host itself.
const ofOneAnswer = /^(date|connection|keep-alive|content-(type|length|encoding)|etag|vary)$/;

const origin = process.argv[2] ?? 'http://127.0.0.1:4321';

const files = filesIn(join(builtFolder, 'client'));

const tables: Record<string, Record<string, string>> = {};
for (const file of files) {
  const answer = await fetch(origin + addressOf(file));
  for (const [name, value] of answer.headers) {
    if (ofOneAnswer.test(name)) continue;
    tables[name] ??= {};
    tables[name][file] = value;
  }
}

for (const [name, values] of Object.entries(tables)) {
  const variable = `$en_tete_${name.replaceAll('-', '_')}`;
  const usual = values['/index.html'] ?? '';
  const others = files.filter((file) => (values[file] ?? '') !== usual);
  const lines = others.map((file) => `  ${file} "${values[file] ?? ''}";\n`);
  console.log(
    `map $uri ${variable} {\n  default "${usual}";\n${lines.join('')}}\nadd_header ${name} ${variable} always;`,
  );
}
