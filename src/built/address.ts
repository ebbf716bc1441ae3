// Addresses of built files.

/** The address of a built file, by its path under the folder. */
export function addressOf(path: string): string {
  return path
    .replace(/\.html$/, '')
    .replace(/\/index$/, '/')
    .replace(/\/index\.json$/, '');
}
