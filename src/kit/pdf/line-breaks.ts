// Where a line may end: after a space, and in Chinese between any two letters, but never before a mark that closes nor
// after one that opens.
const chinese = '\\u3001-\\u303f\\u4e00-\\u9fff\\uff00-\\uffef';
const opening = '《「『【（“';
const ends = new RegExp(`(?<= )|(?<=[${chinese}])(?<![${opening}])(?=[\\u4e00-\\u9fff${opening}])`);

/** A text in lines no wider than a width, told by `widthOf`, save a word that is wider alone. Spaces end their line. */
export function linesWithin(width: number, text: string, widthOf: (line: string) => number): string[] {
  const lines: string[] = [];
  for (const piece of text.split(ends)) {
    const longer = (lines.at(-1) ?? '') + piece;
    if (lines.length === 0 || widthOf(longer.trimEnd()) > width) lines.push(piece);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
