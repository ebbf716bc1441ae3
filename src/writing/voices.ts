// Recordings, for languages that are seldom read: a text in voix/, and its sound beside it, under the same name.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { tongueNamed } from '../service/tongues.ts';
import { text } from './facts.ts';
import { factKeys } from './texts.ts';

const room = 'voix';
const heaviest = 250_000; // bytes: a minute of speech, at 32 kbit/s
const name = text.max(40, '40 caractères au plus');

/** The head of a recording. Its text is what the voice says, in French. */
export const voiceSchema = z.strictObject({
  /** The language, as those who speak it write it. */
  nom: name,
  en_francais: name,
  // BCP 47. Not `langue`: what is written under it is French.
  langue_parlee: z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?$/, 'un code de langue : snk, bm, ff'),
  sens: z.enum(['ltr', 'rtl'], '« ltr », ou « rtl » pour une langue qui s’écrit de droite à gauche'),
  faits: factKeys,
});

/** The same, with its sound: base64 of an MP3. */
export const heardSchema = voiceSchema.extend({ mp3: z.base64() });

/** The head of a recording, by the name of its text, with the sound that lies beside it. */
export function heard<Head>(folder: string, { id, head }: { id: string; head: Head }) {
  return { ...head, mp3: soundOf(folder, id).toString('base64') };
}

/** What is wrong with the sounds of these recordings, in French, a line each. */
export function faultsOfSounds(folder: string, ids: string[]): string[] {
  const sounds = globSync(`${room}/*`, { cwd: folder, exclude: [`${room}/*.md`] }).sort();
  const fileOf = (id: string) => `${room}/${id}.mp3`;
  return [
    ...ids
      .filter(tongueNamed)
      .map((id) => `${room}/${id}.md : cette langue a déjà sa page, langues/${id}.md.`),
    ...ids.filter((id) => !sounds.includes(fileOf(id))).map((id) => `${fileOf(id)} : ce fichier manque.`),
    ...sounds.flatMap((file) => {
      const id = ids.find((one) => fileOf(one) === file);
      const faults = id ? faultsOf(soundOf(folder, id)) : ['aucun texte n’a ce nom'];
      return faults.map((fault) => `${file} : ${fault}.`);
    }),
  ];
}

function soundOf(folder: string, id: string): Buffer {
  return readFileSync(join(folder, room, `${id}.mp3`));
}

// A tag may name who speaks, and a lock screen shows it.
function faultsOf(sound: Buffer): string[] {
  const startsAsMp3 = sound[0] === 0xff && ((sound[1] ?? 0) & 0xe6) === 0xe2; // sync of a frame, layer III
  const tagged = /^ID3|APETAGEX|TAG[\s\S]{125}$/.test(sound.toString('latin1'));
  return [
    ...(sound.length > heaviest ? [`${heaviest / 1000} ko au plus`] : []),
    ...(tagged ? ['des étiquettes (titre, auteur) y restent, à ôter'] : []),
    ...(startsAsMp3 || tagged ? [] : ['ce n’est pas un son MP3']),
  ];
}
