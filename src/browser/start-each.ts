// Several scripts in one text.

/** Starts each of them. What breaks in one stops no other. */
export function startEach(...scripts: (() => void)[]): void {
  for (const begin of scripts) {
    try {
      begin();
    } catch (error) {
      console.error(error);
    }
  }
}
