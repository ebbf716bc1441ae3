// Lists of boxes in a text, `- [ ]` in Markdown: boxes to tick on the screen, or with a pen once printed.

// What belongs to it is not filled in again by a browser that comes back. It sends nothing: its one button is disabled, and
// says so to a text browser, which shows what is hidden.
const forgetful =
  '<form id="cases" autocomplete="off" hidden><button type="submit" disabled>Rien n’est envoyé</button></form>';

const list = '<ul class="contains-task-list">';

/** The markup of a text, with its lists of boxes ready to tick. They have no name, and nothing keeps what is ticked. */
export function withBoxes(html: string): string {
  if (!html.includes(list)) return html;
  return html
    .replace(list, `${forgetful}$&`)
    .replace(/<h2[^>]*>([^<]*)<\/h2>(?:(?!<h2)[\s\S])*/g, grouped)
    .replace(
      /<li class="task-list-item"><input type="checkbox" disabled>\s*([\s\S]*?)<\/li>/g,
      '<li><label><input type="checkbox" form="cases"> <span>$1</span></label></li>',
    );
}

// A screen reader says of which heading each box is.
function grouped(section: string, heading: string): string {
  return section.replace(
    /<ul class="contains-task-list">([\s\S]*?)<\/ul>/g,
    `<div role="group" aria-label="${heading}"><ul class="boxes plain">$1</ul></div>`,
  );
}
