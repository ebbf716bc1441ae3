// What the Département must confirm before opening, drawn from the facts themselves: docs/a-valider.md is this text.

import { addressOf } from '../service/addresses.ts';
import { urgent } from '../service/helplines.ts';
import { lineFrom } from '../service/service.ts';
import { publisherNames, securityName } from '../settings/publisher.ts';
import type { Fact } from './facts.ts';
import type { Content } from './read.ts';

/** The Markdown of docs/a-valider.md. */
export function toConfirm(content: Content): string {
  const doubtful = [...content.facts.values()].filter(({ question }) => question);
  return [
    '# À valider par le Département',
    'Ce que le site affiche ou suppose, et qui doit être confirmé avant l’ouverture. Ce fichier est écrit par `npm run a-valider`, à partir de `src/content/` : ne pas le corriger à la main.',
    '## Bloque l’ouverture',
    'Le site n’ouvre pas sans ces réponses. D’ici là, il montre une forme prudente, ou rien.',
    table(['à décider', 'où'], blocking(content)),
    '## Des faits',
    table(
      ['à confirmer', 'ce que le site affirme', 'confiance', 'où', 'affiché sur décision de'],
      doubtful.map((fact) => [
        fact.question ?? '',
        fact.statement,
        `${fact.confidence}, ${fact.date}${sourcesOf(fact, content)}`,
        pagesWith(fact, content).join(', '),
        fact.decision ? `${fact.decision.par} : ${fact.decision.pourquoi}` : '–',
      ]),
    ),
    '## Des choix, des procédures',
    table(
      ['à confirmer', 'où'],
      content.questions.filter(({ bloque }) => !bloque).map(({ question, ou }) => [question, ou]),
    ),
    '## Des noms à donner par les réglages',
    table(
      ['réglage', 'ce que c’est'],
      [...Object.values(publisherNames), securityName].map(({ setting, what }) => [`\`${setting}\``, what]),
    ),
    '## Des traductions à relire',
    table(
      ['langue', 'page'],
      content.languages
        .filter(({ head }) => !head.relu)
        .map(({ id, head }) => [`${id} (${head.nom})`, `\`/langues/${id}\``]),
    ),
    '',
  ].join('\n\n');
}

function blocking({ line, questions }: Content): string[][] {
  const asked = questions.filter(({ bloque }) => bloque).map(({ question, ou }) => [question, ou]);
  const empty = emptyIn(line).filter(({ isEmpty }) => isEmpty);
  const of = (field: string) => `\`${field}\` dans \`src/content/faits/ligne.json\``;
  return [...empty.map(({ question, where, field }) => [question, `${where} ; ${of(field)}`]), ...asked];
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
      where: '`/`, dates de rappel',
    },
    {
      field: 'numero_affiche',
      isEmpty: !line.numero_affiche,
      question:
        'Le numéro que montre le téléphone de la personne quand l’équipe l’appelle (masqué ?), et ce qu’entend qui le recompose, en une phrase. D’ici là, le site dit qu’il ne le sait pas',
      where: '`/contact/suite`',
    },
    {
      field: 'message_neutre',
      isEmpty: !line.message_neutre,
      question: `La phrase laissée sur un répondeur, mot pour mot, décidée avec l’équipe. D’ici là : « ${voicemail} »`,
      where: 'courriel',
    },
    {
      field: 'appel_hors_horaires',
      isEmpty: !line.appel_hors_horaires,
      question:
        'Ce que rencontre un appel la nuit et le week-end (répondeur, sonnerie, ce que dit la voix, si l’on écoute les messages), en une phrase. D’ici là, le site n’en dit rien',
      where: '`/`, `/contact`, ligne fermée',
    },
  ];
}

/** The addresses of the pages that state a fact, in order. */
export function pagesWith({ key, file }: Fact, { pages, languages, kit }: Content): string[] {
  if (everywhere.includes(key)) return ['toutes les pages'];
  const inPages = pages.filter(({ keys }) => keys.includes(key)).map(({ id }) => addressOf(id));
  const listed = file === 'faits/numeros.json' ? ['/numeros'] : [];
  const translated = languages.filter(({ keys }) => keys.includes(key)).map(({ id }) => `/langues/${id}`);
  const copied = kit.some(({ keys }) => keys.includes(key)) ? ['/pros'] : [];
  return [...new Set([...inPages, ...listed, ...copied, ...translated])].sort().map((path) => `\`${path}\``);
}

// In the header, the footer or the card of every page.
const everywhere = ['ligne-numero', 'ligne-horaires', ...Object.values(urgent).map(({ key }) => key)];

function sourcesOf({ sources }: Fact, content: Content): string {
  const cited = sources.map((number) => {
    const source = content.sources[number];
    return source?.adresse ? `[${number}](${source.adresse})` : `${number} : ${source?.titre}`;
  });
  return cited.length > 0 ? ` (sources ${cited.join(', ')})` : '';
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
