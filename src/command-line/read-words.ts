// The words after `un-premier-pas`: what they ask for, or why they ask for nothing. Nothing is guessed: a word too many is
// refused as a word unknown is, and what was meant is proposed.
import { closestMatch } from 'leven';
import type { Command, Commands, Given } from './command.ts';
import { helpOf, listOf, usageOf } from './help.ts';

/** What to do: print, refuse, or run. */
export type Reading =
  | { kind: 'version' }
  | { kind: 'help' | 'refusal'; text: string }
  | ({ kind: 'run'; command: Command } & Pick<Given, 'argument' | 'options'>);

/** Reads the words of a command line. Asking for help, anywhere among them, never leads to anything else than help or a refusal. */
export function readWords(words: string[], commands: Commands): Reading {
  const [word, ...rest] = words.filter((one) => !isHelp(one));
  const names = [...commands.keys(), 'aide', '--version'];
  if (word !== undefined && !names.includes(word)) return refusal(`${unknown(word, names)}\n${seeHelp}`);
  if (word === 'aide') return pageOf(rest, commands);
  const command = word === undefined ? undefined : commands.get(word);
  if (words.some(isHelp))
    return { kind: 'help', text: command ? helpOf(`${word}`, command) : listOf(commands) };
  if (word === undefined) return refusal(`Quelle commande ?\n\n${listOf(commands)}`);
  if (!command) return rest[0] === undefined ? { kind: 'version' } : refusal(surplus(rest[0], word));
  return given(word, command, rest);
}

const seeHelp = 'La liste : un-premier-pas aide';

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h';
}

function refusal(text: string): Reading {
  return { kind: 'refusal', text };
}

function unknown(word: string, names: string[]): string {
  const meant = closestMatch(word.toLowerCase(), names, {
    maxDistance: Math.max(1, Math.floor(word.length / 3)),
  });
  return `« ${word} » n’existe pas.${meant ? ` Voulez-vous dire « ${meant} » ?` : ''}`;
}

function surplus(word: string, usage: string): string {
  return `« ${word} » est de trop : un-premier-pas ${usage}`;
}

function pageOf([word, ...rest]: string[], commands: Commands): Reading {
  if (word === undefined || word === 'aide') return { kind: 'help', text: listOf(commands) };
  if (rest[0] !== undefined) return refusal(surplus(rest[0], 'aide MOT'));
  const command = commands.get(word);
  if (!command) return refusal(`${unknown(word, [...commands.keys()])}\n${seeHelp}`);
  return { kind: 'help', text: helpOf(word, command) };
}

function given(word: string, command: Command, rest: string[]): Reading {
  const { takes, options: known = {} } = command;
  const options = rest.filter(isOption);
  const wrong = options.find((one) => !(one in known));
  if (wrong !== undefined)
    return refusal(
      `${unknown(wrong, Object.keys(known))}\nComme ceci : un-premier-pas ${usageOf(word, command)}`,
    );
  const [argument = '', ...others] = rest.filter((one) => !isOption(one));
  const extra = takes ? others[0] : argument || others[0];
  if (extra) return refusal(surplus(extra, usageOf(word, command)));
  if (takes && !takes.pattern.test(argument))
    return refusal(`${takes.question} : un-premier-pas ${word} ${takes.example}`);
  return { kind: 'run', command, argument, options };
}

// A dash alone is a file: what comes in by the pipe.
function isOption(word: string): boolean {
  return /^-./.test(word);
}
