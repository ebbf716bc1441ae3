// Lists of boxes in a text, `- [ ]` in Markdown: boxes to tick on the screen, or with a pen once printed.

// Sends nothing, and has nothing to press: what belongs to it is not filled in again by a browser that comes back.
const forgetful = '<form id="cases" autocomplete="off" hidden></form>';

/** The markup of a text, with its lists of boxes ready to tick. They have no name, and nothing keeps what is ticked. */
export function withBoxes(html: string): string {
  return html
    .replace('<ul class="contains-task-list">', `${forgetful}$&`)
    .replaceAll('<ul class="contains-task-list">', '<ul class="boxes plain">')
    .replace(
      /<li class="task-list-item"><input type="checkbox" disabled>\s*([\s\S]*?)<\/li>/g,
      '<li><label><input type="checkbox" form="cases"> $1</label></li>',
    );
}
