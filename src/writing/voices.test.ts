// A recording that could not be heard, would weigh too much or would name somebody stops the build.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../tests/support/folder.ts';
import { silence } from '../../tests/support/silence.ts';
import { readContent } from './read.ts';

const head = (lines: Record<string, string>) =>
  Object.entries({
    nom: 'Sooninkanxanne',
    en_francais: 'soninké',
    langue_parlee: 'snk',
    sens: 'ltr',
    ...lines,
  })
    .map(([key, value]) => `${key}: "${value}"\n`)
    .join('');
const words = (lines = {}) => `---\n${head(lines)}---\n\nLe numéro : {numero}. Il répond {horaires}.\n`;
const tagged = (at: 'start' | 'end') =>
  Buffer.concat(
    at === 'start'
      ? [Buffer.from('ID3\x04'), silence(1)]
      : [silence(1), Buffer.from('TAG'), Buffer.alloc(125)],
  );

/** Reads our texts with these files in voix/. */
function read(files: Record<string, string | Buffer>) {
  const folder = temporaryFolder();
  cpSync(new URL('../content', import.meta.url).pathname, folder, { recursive: true });
  mkdirSync(join(folder, 'voix'), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, 'voix', name), bytes);
  return readContent(folder);
}

test('a text and its sound are a recording', () => {
  const { voices } = read({ 'soninke.md': words(), 'soninke.mp3': silence(60) });
  assert.deepEqual(
    voices.map(({ id, head }) => [id, head.langue_parlee]),
    [['soninke', 'snk']],
  );
});

const refused: [Record<string, string | Buffer>, RegExp][] = [
  [{ 'soninke.md': words() }, /voix\/soninke\.mp3 : ce fichier manque\./],
  [{ 'soninke.mp3': silence(1) }, /voix\/soninke\.mp3 : aucun texte n’a ce nom\./],
  [{ 'soninke.md': words(), 'soninke.ogg': silence(1) }, /voix\/soninke\.ogg : aucun texte n’a ce nom\./],
  [{ 'soninke.md': words(), 'soninke.mp3': silence(63) }, /voix\/soninke\.mp3 : 250 ko au plus\./],
  [{ 'soninke.md': words(), 'soninke.mp3': 'OggS…' }, /voix\/soninke\.mp3 : ce n’est pas un son MP3\./],
  [{ 'soninke.md': words(), 'soninke.mp3': '' }, /voix\/soninke\.mp3 : ce n’est pas un son MP3\./],
  [
    { 'soninke.md': words(), 'soninke.mp3': tagged('start') },
    /soninke\.mp3 : des étiquettes .* y restent, à ôter\./,
  ],
  [
    { 'soninke.md': words(), 'soninke.mp3': tagged('end') },
    /soninke\.mp3 : des étiquettes .* y restent, à ôter\./,
  ],
  [
    { 'tamoul.md': words(), 'tamoul.mp3': silence(1) },
    /voix\/tamoul\.md : cette langue a déjà sa page, langues\/tamoul\.md\./,
  ],
  [
    { 'bambara.md': words({ nom: '' }), 'bambara.mp3': silence(1) },
    /voix\/bambara\.md, champ « nom » : ne peut pas rester vide/,
  ],
  [
    { 'bambara.md': words({ langue_parlee: 'bambara' }), 'bambara.mp3': silence(1) },
    /champ « langue_parlee » : un code de langue/,
  ],
  [
    { 'bambara.md': `${words()}Au 3919.`, 'bambara.mp3': silence(1) },
    /voix\/bambara\.md : un chiffre ou une durée est écrit/,
  ],
];
for (const [files, said] of refused)
  test(`refused: ${said.source}`, () => {
    assert.throws(() => read(files), said);
  });
