// The error of a setting that cannot be used: it stops the start, and its message names the setting.

/** A setting that cannot be used; its message is for the person who runs the site. */
export class SettingError extends Error {
  override name = 'SettingError';
}

/** Stops the start for a setting; `why` is a piece of a sentence in French. Throws `SettingError`. */
export function refuse(name: string, why: string): never {
  throw new SettingError(lineOf(name, why));
}

/** What the person who runs the site reads of a setting. */
export function lineOf(name: string, why: string): string {
  return `Réglage ${name} : ${why}.`;
}
