// The help of `un-premier-pas`: the list of its commands, and a page for each.
import type { Command, Commands } from './command.ts';

/** Every command, a line each. */
export function listOf(commands: Commands): string {
  const lines = [...commands].map(([word, command]) => [usageOf(word, command), command.what] as const);
  const all = [...lines, ['aide MOT', 'ce que fait un mot, en entier ; MOT --help aussi'] as const, version];
  const width = Math.max(...all.map(([usage]) => usage.length));
  return `${title}\n\n${all.map(([usage, what]) => `  ${usage.padEnd(width)}  ${what}`).join('\n')}\n\n${codes}`;
}

/** One command, in full. */
export function helpOf(word: string, command: Command): string {
  const options = Object.entries(command.options ?? {}).map(([name, what]) => `  ${name}  ${what}`);
  return [
    `un-premier-pas ${usageOf(word, command)} : ${command.what}${command.what.endsWith('?') ? '' : '.'}`,
    command.more,
    ...(options.length > 0 ? [options.join('\n')] : []),
    codes,
  ].join('\n\n');
}

/** A command as it is typed. */
export function usageOf(word: string, { takes, options = {} }: Command): string {
  return [word, ...(takes ? [takes.name] : []), ...Object.keys(options).map((name) => `[${name}]`)].join(' ');
}

const title = 'un-premier-pas MOT : pour qui fait tourner le site. Rien ne montre un mot d’une demande.';
const version = ['--version', 'la version installée'] as const;
const codes = 'Code de fin : 0, tout va bien ; 1, il faut agir ; 2, commande ou réglage faux.';
