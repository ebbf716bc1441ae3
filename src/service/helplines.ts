// The other numbers, with what is known of each, from the one file that holds them.
import lines from '../content/faits/numeros.json' with { type: 'json' };
import { unbroken } from './typography.ts';

/** A number to reach help. `dial` is the link to follow; what is not known of it is left out. */
export type Helpline = {
  key: string;
  name: string;
  number: string;
  dial: string;
  forWhom: string;
  when: string | undefined;
  cost: string | undefined;
  trace: string | undefined;
  withoutSpeaking: string | undefined;
};

type Line = (typeof lines)[number] & {
  [name in 'quand' | 'cout' | 'trace' | 'sans_parler']?: string;
};

/** The helpline known by a key. Throws for an unknown one. */
export function helpline(key: string): Helpline {
  const line: Line | undefined = lines.find(({ cle }) => cle === key);
  if (!line) throw new Error(`numeros.json : aucun numéro « ${key} »`);
  return {
    key,
    name: line.nom,
    number: unbroken(line.numero),
    dial: line.lien,
    forWhom: line.pour_qui,
    when: line.quand,
    cost: line.cout,
    trace: line.trace,
    withoutSpeaking: line.sans_parler,
  };
}

/** What comes before everything else, on every page and on paper: two numbers to call, one to write to without a word. */
export const urgent = { police: helpline('17'), europe: helpline('112'), silent: helpline('114') } as const;
