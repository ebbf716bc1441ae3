// The error of settings that cannot be used: it stops the start, and its message names each of them.

/** The line of each setting that cannot be used, by its name. */
export type Faults = Map<string, string>;

/** Settings that cannot be used; its message, a line for each, is for the person who runs the site. */
export class SettingError extends Error {
  override name = 'SettingError';
  readonly faults: Faults;

  constructor(fault: string | Faults) {
    const faults = typeof fault === 'string' ? new Map([[fault, fault]]) : fault;
    super([...faults.values()].join('\n'));
    this.faults = faults;
  }
}

/** Stops the start for a setting; `why` is a piece of a sentence in French. Throws `SettingError`. */
export function refuse(name: string, why: string): never {
  throw new SettingError(new Map([[name, lineOf(name, why)]]));
}

/** What the person who runs the site reads of a setting. */
export function lineOf(name: string, why: string): string {
  return `Réglage ${name} : ${why}.`;
}
