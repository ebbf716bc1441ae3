// The folder `content/` belongs to those who write: read and checked whole by `writing/`, its facts put in the place of
// their placeholders, then rendered.

import { defineCollection } from 'astro:content';
import { fileURLToPath } from 'node:url';
import type { Loader, LoaderContext } from 'astro/loaders';
import { withBoxes } from './components/boxes.ts';
import { pictogram } from './components/pictograms.ts';
import { helpline } from './service/helplines.ts';
import { hourIn } from './service/hours-in-language.ts';
import { clock, hours, opening, phone } from './service/service.ts';
import { frenchTypography } from './service/typography.ts';
import { publisherName } from './settings/publisher.ts';
import { type Content, readContent } from './writing/read.ts';
import { sectionsOf } from './writing/sections.ts';
import { filled, kitSchema, languageSchema, pageSchema, type Text, tracesSchema } from './writing/texts.ts';
import { heard, heardSchema } from './writing/voices.ts';

const folder = fileURLToPath(new URL('content', import.meta.url));

/** Fills a collection from the folder, and again whenever a file of it changes. */
function loader(name: string, fill: (content: Content, context: LoaderContext) => Promise<void>): Loader {
  return {
    name,
    async load(context) {
      const load = async () => {
        const content = readContent(folder);
        context.store.clear();
        await fill(content, context);
      };
      await load();
      const again = () => load().catch(({ message }: Error) => context.logger.error(message));
      context.watcher?.add(folder).on('change', (path) => path.startsWith(folder) && again());
    },
  };
}

// A name that a reader of another language does not know is not parted at the end of a line.
const unbrokenPlace = 'Val\u2011de\u2011Marne';

/** Loads one kind of text. */
function textsLoader<Head extends Record<string, unknown>>(kind: (content: Content) => Text<Head>[]): Loader {
  return loader('texts', async (content, { store, renderMarkdown, parseData }) => {
    for (const { id, file, head, body } of kind(content)) {
      const language = languageOf(id, head, content);
      const whole = (words: string) =>
        language === 'fr' ? words : words.replaceAll('Val-de-Marne', unbrokenPlace);
      const text = whole(filled(body, (key) => wording(key, content, language)));
      const data = await parseData({
        id,
        data: JSON.parse(whole(filled(JSON.stringify(head), (key) => plainly(key, language) ?? `{${key}}`))),
      });
      const rendered = await renderMarkdown(text);
      for (const heading of rendered.metadata?.headings ?? []) heading.slug = bare(heading.slug);
      const keepsIds = withContents(file);
      // Ids are bytes that every visit pays; those of a drawing, or of another script, HTML does not allow.
      const headed = rendered.html.replace(/(<h\d) id="([^"]*)"/g, (_, tag, slug) => {
        const id = bare(slug);
        return keepsIds && /^[a-z]/.test(id) ? `${tag} id="${id}"` : tag;
      });
      store.set({ id, data, rendered: { ...rendered, html: withBoxes(headed) } });
    }
  });
}

// BCP 47. What follows from a page of another language has its name.
function languageOf(id: string, head: object, { languages }: Content): string {
  if ('langue' in head) return String(head.langue);
  return languages.find((language) => language.id === id)?.head.langue ?? 'fr';
}

/** Loads the texts that partners copy: plain, without the lines that need an address when the site knows none. */
const kitLoader = loader('kit', async (content, { config, store, parseData }) => {
  for (const { id, head, body } of content.kit) {
    const lines = body.split('\n').filter((line) => config.site || !line.includes('{adresse}'));
    const text = filled(lines.join('\n'), (key) => copied(key, content, config.site));
    store.set({ id, data: await parseData({ id, data: head }), body: frenchTypography(text).trim() });
  }
});

/** The texts of the pages whose contents are listed beside them: the only ones whose headings need an id. */
const withContents = (file: string) => /^pages\/(?!accueil|contact)/.test(file);

/** A name without accents: addresses write them in another way, under which a script would not find the heading. */
const bare = (slug: string) => slug.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe');

/** What a placeholder becomes in a text to copy. */
function copied(key: string, { facts }: Content, site: string | undefined): string {
  if (key === 'adresse') return site?.replace(/\/$/, '') ?? '';
  if (key === 'numero') return phone.written;
  return ours[key] ?? facts.get(key)?.text ?? '';
}

/** What a placeholder becomes in a Markdown text. */
function wording(key: string, { facts, languages }: Content, language: string): string {
  const whole = languages.find(({ head }) => head.langue === language)?.head.mots;
  if (whole && key === 'horaires') return filled(whole.horaires, (hour) => plainly(hour, language) ?? '');
  if (key === 'numero') return link(`tel:${phone.dialled}`, phone.written);
  const plain = plainly(key, language);
  if (plain !== undefined) return plain;
  const drawing = drawings[key];
  if (drawing) return pictogram(drawing);
  const name = publisherName(key, process.env);
  if (name) return name;
  const fact = facts.get(key);
  if (fact?.file !== 'faits/numeros.json')
    return fact?.link ? link(fact.link, fact.text) : (fact?.text ?? '');
  const { dial, number } = helpline(key);
  return link(dial, language === 'fr' && dial.startsWith('sms:') ? `SMS au ${number}` : number);
}

const ours: Record<string, string> = {
  horaires: hours.written,
  ouvre: clock.opens,
  ferme: clock.closes,
};

/** Drawings that a text may place, under names that those who write would guess. */
const drawings: Record<string, Parameters<typeof pictogram>[0]> = {
  'image-maison': 'what',
  'image-personnes': 'who',
  'image-horloge': 'when',
  'image-parole': 'talk',
  'image-rappel': 'callback',
  'image-porte': 'leave',
  'image-alerte': 'alert',
};

// What is ours and has no link. In another language, hours are written as it writes them, and set apart: it may run from
// right to left. Its sentences keep the places of what the page puts there.
function plainly(key: string, language: string): string | undefined {
  if (language === 'fr') return ours[key];
  const minutes = { ouvre: opening.opensAt, ferme: opening.closesAt }[key];
  return minutes === undefined ? undefined : `\u2066${hourIn(language, minutes)}\u2069`;
}

function link(address: string, text = ''): string {
  return address.startsWith('http')
    ? `[${text}](${address}) (autre site : il reste dans l’historique)`
    : `<a href="${address}">${text.replace(/\d[\d\s]*$/, '<span dir="ltr" translate="no">$&</span>')}</a>`;
}

/** The groups of `/numeros`, apart: its numbers stand between them. */
const groupsOf = ({ pages }: Content) =>
  pages.filter(({ id }) => id === 'numeros-suite').flatMap((text) => sectionsOf(text));

export const collections = {
  pages: defineCollection({ loader: textsLoader(({ pages }) => pages), schema: pageSchema }),
  groups: defineCollection({ loader: textsLoader(groupsOf), schema: pageSchema }),
  kit: defineCollection({ loader: kitLoader, schema: kitSchema }),
  languages: defineCollection({ loader: textsLoader(({ languages }) => languages), schema: languageSchema }),
  voices: defineCollection({
    loader: textsLoader(({ voices }) => voices.map((voice) => ({ ...voice, head: heard(folder, voice) }))),
    schema: heardSchema,
  }),
  traces: defineCollection({
    loader: textsLoader(({ traces }) => traces.filter(({ id }) => id !== 'francais')),
    schema: tracesSchema,
  }),
};
