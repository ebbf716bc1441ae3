// What the Département must confirm before opening, drawn from the facts themselves: docs/a-valider.md is this text.

import { addressOf } from '../service/addresses.ts';
import { urgent } from '../service/helplines.ts';
import { lineFrom } from '../service/service.ts';
import { publisherNames } from '../settings/publisher.ts';
import type { Fact } from './facts.ts';
import type { Content } from './read.ts';

/** A question to the Département: where its answer changes something, and what pages state until then. */
type Asked = { question: string; where: string[]; facts: Fact[]; blocks: boolean };

/** The Markdown of docs/a-valider.md. */
export function toConfirm(content: Content): string {
  const asked = questionsOf(content);
  const rows = (blocks: boolean) =>
    asked
      .filter((one) => one.blocks === blocks)
      .map(({ question, where, facts }) => [
        question,
        where.join(', '),
        [...new Set(facts.map((fact) => stated(fact, content)))].join('<br>') || '–',
      ]);
  return [
    '# À valider par le Département',
    'Ce que le site affiche ou suppose, et qui doit être confirmé avant l’ouverture. Ce fichier est écrit par `npm run a-valider`, à partir de `src/content/` : ne pas le corriger à la main. Une question est posée une seule fois, avec tous les endroits qu’elle change.',
    '## Bloque l’ouverture',
    'Le site n’ouvre pas sans ces réponses. D’ici là, il montre une forme prudente, ou rien.',
    table(['à décider', 'où', 'ce que le site affirme d’ici là'], rows(true)),
    '### Des noms à donner par les réglages',
    'Ce que la loi demande, sauf ce qui est facultatif. D’ici là, les pages disent de s’adresser au Département.',
    table(
      ['réglage', 'ce que c’est', 'où'],
      Object.entries(publisherNames).map(([key, { setting, what }]) => [
        `\`${setting}\``,
        what,
        pagesShowing(key, content).join(', '),
      ]),
    ),
    '## À confirmer',
    'Le site peut ouvrir avant ces réponses, avec ce qu’il affirme aujourd’hui.',
    table(['à confirmer', 'où', 'ce que le site affirme'], rows(false)),
    '### Des traductions à relire',
    table(
      ['langue', 'page'],
      content.languages
        .filter(({ head }) => !head.relu)
        .map(({ id, head }) => [`${id} (${head.nom})`, `\`/langues/${id}\``]),
    ),
    '',
  ].join('\n\n');
}

// Those that keep the site closed come first in the data; a fact that a written question covers asks nothing more by itself.
function questionsOf(content: Content): Asked[] {
  const covered = new Set(content.questions.flatMap(({ faits }) => faits));
  const ofLine = emptyIn(content.line)
    .filter(({ isEmpty }) => isEmpty)
    .map(({ question, where, field }) => ({
      question,
      where: [...where, `\`${field}\` dans \`src/content/faits/ligne.json\``],
      facts: [],
      blocks: true,
    }));
  const written = content.questions.map(({ question, ou, faits, bloque }) => {
    const facts = faits.flatMap((key) => content.facts.get(key) ?? []);
    return { question, where: [...ou.split(/, | ; /), ...pagesOf(facts, content)], facts, blocks: bloque };
  });
  const ofFacts = [...content.facts.values()].flatMap((fact) =>
    fact.question && !covered.has(fact.key)
      ? { question: fact.question, where: pagesOf([fact], content), facts: [fact], blocks: false }
      : [],
  );
  return asOne([...ofLine, ...written, ...ofFacts]);
}

// The same question under two facts is one line, which names both places.
function asOne(all: Asked[]): Asked[] {
  const groups = Map.groupBy(all, ({ question }) =>
    question
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  );
  return [...groups.values()].map((group) => ({
    question: group[0]?.question ?? '',
    where: [...new Set(group.flatMap(({ where }) => where))],
    facts: group.flatMap(({ facts }) => facts),
    blocks: group.some(({ blocks }) => blocks),
  }));
}

function pagesOf(facts: Fact[], content: Content): string[] {
  return facts.flatMap((fact) => pagesWith(fact, content));
}

function pagesShowing(placeholder: string, { pages }: Content): string[] {
  return pages
    .filter(({ body }) => body.includes(`{${placeholder}}`))
    .map(({ id }) => `\`${addressOf(id)}\``);
}

function stated(fact: Fact, content: Content): string {
  const { statement, confidence, date, decision } = fact;
  const shown = decision ? ` ; affiché sur décision de ${decision.par} : ${decision.pourquoi}` : '';
  return `« ${statement} » (${confidence}, ${date}${sourcesOf(fact, content)}${shown})`;
}

// What is empty in the data asks for itself, until somebody fills it in.
function emptyIn(line: Content['line']) {
  const { voicemail } = lineFrom({ ...line, message_neutre: '' }).callbacks;
  return [
    {
      field: 'jours_feries',
      isEmpty: line.jours_feries === 'à confirmer',
      question:
        'L’ouverture les jours fériés, et les rappels ces jours-là. D’ici là, le site dit que la ligne peut être fermée, et ne propose aucun rappel un jour férié',
      where: ['`/`', 'dates de rappel'],
    },
    {
      field: 'numero_affiche',
      isEmpty: !line.numero_affiche,
      question:
        'Le numéro que montre le téléphone de la personne quand l’équipe l’appelle (masqué ?), et ce qu’entend qui le recompose, en une phrase. D’ici là, le site dit qu’un numéro peut s’afficher',
      where: ['`/contact/suite`', '`/contact`'],
    },
    {
      field: 'message_neutre',
      isEmpty: !line.message_neutre,
      question: `La phrase laissée sur un répondeur, mot pour mot, décidée avec l’équipe. D’ici là : « ${voicemail} »`,
      where: ['courriel'],
    },
    {
      field: 'appel_hors_horaires',
      isEmpty: !line.appel_hors_horaires,
      question:
        'Ce que rencontre un appel la nuit et le week-end (répondeur, sonnerie, ce que dit la voix, si l’on écoute les messages), en une phrase. D’ici là, le site n’en dit rien',
      where: ['`/`', '`/contact`', 'ligne fermée'],
    },
  ];
}

/** The addresses of the pages that state a fact, in order. */
export function pagesWith({ key, file }: Fact, { pages, languages, kit }: Content): string[] {
  if (everywhere.includes(key)) return ['toutes les pages'];
  const inPages = pages.filter(({ keys }) => keys.includes(key)).map(({ id }) => addressOf(id));
  const listed = file === 'faits/numeros.json' ? ['/numeros'] : [];
  const translated = languages.filter(({ keys }) => keys.includes(key)).map(({ id }) => `/langues/${id}`);
  const copied = kit.some(({ keys }) => keys.includes(key)) ? ['/kit'] : [];
  return [...new Set([...inPages, ...listed, ...copied, ...translated])].sort().map((path) => `\`${path}\``);
}

// In the header, the footer or the card of every page.
const everywhere = ['ligne-numero', 'ligne-horaires', ...Object.values(urgent).map(({ key }) => key)];

function sourcesOf({ sources }: Fact, content: Content): string {
  const cited = sources.map((number) => {
    const source = content.sources[number];
    return source?.adresse ? `[${number}](${source.adresse})` : `${number} : ${source?.titre}`;
  });
  return cited.length > 0 ? `, sources ${cited.join(', ')}` : '';
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
