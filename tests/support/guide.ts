// The commands of the guide for who runs the site, as it writes them. The tests that run one take it here: when the guide no
// longer says it, they fail; what nobody takes is told by guide-commands.test.ts.
import { readFileSync } from 'node:fs';

/** The pages of the guide. */
export const guidePages = [
  ...['exploitation', 'installer', 'ouvrir', 'cles', 'sauvegarder'],
  ...['paquet', 'courriel', 'alertes', 'postgresql'],
];

/** What stands like a command in the guide and is none: lines of settings, names of signals, beginnings. */
export const notCommands = [
  ...[
    '[Socket]',
    'ListenStream=',
    'ListenStream=10.0.0.12:4321',
    'ssl = on',
    'kill -9',
    'sudo un-premier-pas',
  ],
  'postgres://premier_pas:mot-de-passe@base.exemple.fr/demandes?sslmode=verify-full',
  'hostssl demandes premier_pas 10.0.0.12/32 scram-sha-256',
];

/** Every command of the guide, once. */
export const guideCommands = [...new Set(guidePages.flatMap((page) => commandsOf(page)))];

/**
 * The one command of the guide that is, or begins with, these words: whole, as it is written. Throws when there is none, or
 * several. The words must be written out in the call: guide-commands.test.ts reads them there.
 */
export function fromGuide(beginning: string): string {
  if (guideCommands.includes(beginning)) return beginning;
  const [found, other] = guideCommands.filter((command) => command.startsWith(beginning));
  if (!found || other) throw new Error(`The guide has ${other ? 'several' : 'no'} « ${beginning}… »`);
  return found;
}

function commandsOf(page: string): string[] {
  const text = readFileSync(new URL(`../../docs/${page}.md`, import.meta.url), 'utf8');
  const fenced = [...text.matchAll(/^```\w*\n([\s\S]*?)\n```$/gm)].map(([, block = '']) => block);
  const rest = text.replaceAll(/^```[\s\S]*?^```$/gm, '');
  const { blocks, prose } = apart(rest);
  const inline = [...prose.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span.replaceAll(/\s+/g, ' '));
  const commands = [...fenced, ...blocks.flatMap(linesOf), ...inline.filter(readsLikeACommand)];
  return commands.filter((command) => !notCommands.includes(command));
}

// Several words of which the first is a program's, a statement of SQL, one of psql; or a program that is a command by itself.
function readsLikeACommand(span: string): boolean {
  return (
    /^(bin\/)?[a-z][\w-]* ./.test(span) || /^(\\[a-z]|DROP )/.test(span) || /^(update-|pg_up)/.test(span)
  );
}

// An indented block is four columns further than the text around it: the page's, or an item's of a list.
function apart(text: string): { blocks: string[]; prose: string } {
  const blocks: string[] = [];
  const prose: string[] = [];
  let column = 0;
  for (const paragraph of text.split(/\n{2,}/)) {
    const indent = /^ */.exec(paragraph)?.[0].length ?? 0;
    if (indent >= column + 4) {
      blocks.push(paragraph.replaceAll(new RegExp(`^ {${indent}}`, 'gm'), ''));
      continue;
    }
    prose.push(paragraph);
    const items = [...paragraph.matchAll(/^(\d+\. +|- )/gm)];
    if (indent === 0) column = items.at(-1)?.[0].length ?? 0;
  }
  return { blocks, prose: prose.join('\n\n') };
}

// One command a line, without what is said of it; a quote that is open goes on.
function linesOf(block: string): string[] {
  const commands: string[] = [];
  let open = '';
  for (const line of block.split('\n')) {
    const whole = open + line.replace(/ +# .*$/, '');
    const isOpen = (whole.match(/'/g)?.length ?? 0) % 2 === 1;
    open = isOpen ? `${whole}\n` : '';
    if (!isOpen && whole) commands.push(whole);
  }
  return commands;
}
