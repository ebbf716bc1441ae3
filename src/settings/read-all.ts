// Several readers, each of which may refuse: all that is wrong is told at once, so that it is corrected once.
import { type Faults, SettingError } from './setting-error.ts';

/**
 * What each reader gives, by its name. Every one of them is asked, even after another has refused; then throws one `SettingError`
 * with `faults`, those that were known before, and theirs: one line for a setting, the first that was found.
 */
export function readAll<Read extends object>(
  readers: { [Name in keyof Read]: () => Read[Name] },
  faults: Faults = new Map(),
): Read {
  const read: Partial<Read> = {};
  for (const name of Object.keys(readers) as (keyof Read)[]) {
    try {
      read[name] = readers[name]();
    } catch (error) {
      addFaults(faults, error);
    }
  }
  if (faults.size > 0) throw new SettingError(faults);
  return read as Read; // no reader has refused
}

/** Adds what an error says of settings that are not at fault already, as themselves or as a file. Throws any other error again. */
export function addFaults(faults: Faults, error: unknown): void {
  if (!(error instanceof SettingError)) throw error;
  for (const [name, line] of error.faults)
    if (![...faults.keys()].some((one) => bare(one) === bare(name))) faults.set(name, line);
}

function bare(name: string): string {
  return name.replace(/_FILE$/, '');
}
