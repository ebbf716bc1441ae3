// A reference that can be said on the phone and remembered without writing it down.

const firstWords =
  'abricot ardoise avoine balcon bateau bouleau bouton brique cabane cahier canal carafe cerise chemin citron colline coton crayon dauphin dune falaise farine fenouil figue fontaine galet gare girafe grange herbe jardin kiosque';
const secondWords =
  'lampe laurier lavande lilas loutre lune marbre melon menthe mimosa moulin nuage olive orange panier papier parasol peinture perle pivoine platane plume prairie prune radis rivage roseau sable sapin tambour tilleul tulipe';

/** Two common words and two digits (`canal-tulipe 47`) drawn from an id of at least eight hexadecimal digits. */
export function referenceOf(id: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = Buffer.from(id.slice(0, 8), 'hex');
  const digits = String(((c << 8) | d) % 100).padStart(2, '0');
  return `${word(firstWords, a)}-${word(secondWords, b)} ${digits}`;
}

function word(list: string, draw: number): string {
  const words = list.split(' ');
  return words[draw % words.length] ?? '';
}
