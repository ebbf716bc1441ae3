// The parts of a text whose HTML is written: pages that set something under each of its headings need them one by one.

/** A heading of the second rank with what follows it, up to the next. */
export type Section = { id: string; title: string; html: string };

/** The sections of a rendered text, in order; what stands before the first is left out. */
export function sectionsOf(html: string): Section[] {
  return html.split(/(?=<h2 id=")/).flatMap((part) => {
    const [, id, title] = /^<h2 id="([^"]+)">([\s\S]*?)<\/h2>/.exec(part) ?? [];
    return id && title ? [{ id, title, html: part }] : [];
  });
}
