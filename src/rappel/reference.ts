// A reference that can be said on the phone and remembered without writing it down: common words without an accent,
// no two of them one letter apart. A word that moves changes references already given.

const firstWords = listed(`
  abricot ardoise avoine balcon bateau bouleau bouton brique cabane cahier canal carafe cerise chemin citron
  colline coton crayon dauphin dune falaise farine fenouil figue fontaine galet gare girafe grange herbe jardin
  kiosque abeille acajou acier affiche agenda agneau agrafe aiguille album alouette alphabet amande ambre amphore
  ampoule ananas anchois ancre antenne aquarelle arcade archet argile armoire arrosoir artichaut asperge atelier
  atlas aubergine auberge automne autruche avenue aviron azur badge bagage bague baleine bambou banane bandeau
  banjo banquette barque basilic basket bassine betterave beurre biche bijou billet biscuit bison bleuet blouse
  bobine bocal bolide bonbon bonnet bottine boucle bougie bouquet bourdon boussole bouteille boutique bracelet
  branche bretelle brioche brocoli brosse brouette brume buffet buisson bulle bureau cabas cacao cactus cadran
  caillou calendrier calepin camion canard cannelle cantine capsule capuche caravane cardigan cargo caribou carnet
  carotte carreau carrousel carton cascade casque casquette casserole cassis castor cerceau cercle cerfeuil chaise
  chalet chaloupe chamois chandail chandelle chanson chapeau chapitre charbon chariot chaudron chausson chemise
  chenille cheval chevreuil chiffre chocolat chouette ciboulette cidre ciel cigale cigogne cintre cirque
  citrouille clairon classeur clavier cloche clown cobalt cocotier coffre colibri collier colombe compas comptoir
  concombre confiture coquille corail corbeille corniche costume coucou couleur couloir coupole courgette couronne
  coussin couverture crabe crevette cristal crocus croissant cuisine cuivre cumin cygne cymbale damier dentelle
  dessin diamant disque domino dorade dragon drapeau endive enclos enveloppe escabeau escalier escargot espadrille
  estampe estrade fagot faisan fanfare fauteuil faucon fennec festin feuille feutre ficelle figurine filet flacon
  flamant flanelle fleur foulard forum fougasse fourmi fourneau fraise framboise fresque fromage fruit
`);
const secondWords = listed(`
  lampe laurier lavande lilas loutre luciole marbre melon menthe mimosa moulin nuage olive oseille panier pagode
  parasol peinture perle pivoine platane plume prairie prune radis rivage roseau sable sapin tambour tilleul
  tulipe lacet lagon laine laitue lama lanterne lavoir lentille levure liane libellule lichen lierre limonade
  linge liseron litchi livret lotus loupe lucarne lutin luzerne lynx macaron machine magnolia mairie maison
  mandarine mandoline mangue manivelle manteau maquette margelle marguerite marin marmite marmotte marron massif
  matelas mauve meringue meuble mirabelle miroir mitaine moineau moisson moka monocle montagne montre motif moto
  mouchoir mouette mouflon moustache muguet muscade myosotis myrtille nacre nappe narcisse navet navire nectar
  neige nichoir noisette nougat oasis octobre oignon oiseau ombrelle onglet opale orchestre oreiller orgue origan
  ortie osier otarie ourson outil ouvrage paille palais palette palmier pamplemousse panda panneau pantalon
  pantoufle papaye papillon paprika paquet parchemin parfum passerelle pastel pastille paysage peigne pelote
  peluche pendule perche perdrix perron persil perruche pervenche peuplier phare phoque photo piano pigeon piment
  pinceau pingouin pinson pipeau pirogue pistache pivert placard plage planche plateau poche poireau poivron
  pommier poney portail portrait potager poterie potiron poudre poulie prisme printemps puits pupitre puzzle
  quartz quiche quille raclette radeau raisin refrain renard ressort rhubarbe ritournelle robinet roitelet roman
  romarin ronce rondin rosace rotin route ruban rubis ruche ruisseau rumba sabot safran salade salon sandale
  sardine sarcelle sarrasin sauge saumon saxophone seigle semelle serrure serviette sillon sirop soleil sorbet
  soucoupe source souris station statue store sucre tableau tabouret talus tamis tango tartine tasse taxi temple
  terrasse terreau terrine tigre timbre tissu toile tomate
`);

/** Two of 256 words each and two digits (`canal-tulipe 47`) drawn from an id of at least eight hexadecimal digits. */
export function referenceOf(id: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = Buffer.from(id.slice(0, 8), 'hex');
  const digits = String(((c << 8) | d) % 100).padStart(2, '0');
  return `${firstWords[a]}-${secondWords[b]} ${digits}`;
}

/**
 * A reference as somebody remembers it, as `referenceOf` writes it: capitals, accents, dashes and spaces do not count, nor
 * does a « réf. » before it; the last digit may stand alone. Undefined: it is none of ours. Whether a request has it is not
 * asked.
 */
export function readReference(text: string): string | undefined {
  if (text.length > longestTyped) return undefined;
  const plain = text.normalize('NFKD').replace(marks, '').toLowerCase();
  const [, first = '', second = '', digits = ''] = shape.exec(plain.replace(separators, ' ').trim()) ?? [];
  if (!firstWords.includes(first) || !secondWords.includes(second)) return undefined;
  return `${first}-${second} ${digits.padStart(2, '0')}`;
}

const longestTyped = 200;
const marks = /\p{M}/gu;
const separators = /[^a-z0-9]+/g;
const shape = /^(?:(?:la )?ref(?:erence)? )?([a-z]+) ([a-z]+) ?(\d{1,2})$/;

function listed(words: string): string[] {
  return words.trim().split(/\s+/);
}
