// The pages of the site in French, by the names of their texts: those that /plan lists, and those that the foot of a
// page leads to. A page that is not here is found nowhere.

/** Every page, in the groups and the order of /plan. */
export const siteMap = [
  { name: 'La ligne', ids: ['accueil', 'appeler', 'contact', 'service', 'facile', 'langues'] },
  { name: 'Comprendre', ids: ['reperes', 'apres', 'numeros', 'preparer', 'proches', 'pros', 'kit'] },
  { name: 'Ce site', ids: ['reglages', 'donnees', 'infos', 'accessibilite', 'plan'] },
] as const;

/** The text of a page of the site. */
export type PageId = (typeof siteMap)[number]['ids'][number];

type FootLinks = readonly { id: PageId; name: string }[];

/** The way to other pages, at the foot of each. */
export const footLinks: FootLinks = [
  { id: 'accueil', name: 'Accueil' },
  { id: 'appeler', name: 'Appeler' },
  { id: 'contact', name: 'Se faire rappeler' },
  { id: 'numeros', name: 'Autres numéros' },
  { id: 'preparer', name: 'Se préparer' },
  { id: 'apres', name: 'Après' },
  { id: 'proches', name: 'Proches' },
  { id: 'pros', name: 'Professionnels' },
  { id: 'facile', name: 'Facile à lire' },
  { id: 'langues', name: 'Langues' },
];

/** What is said of the site itself, apart and smaller. */
export const siteLinks: FootLinks = [
  { id: 'reglages', name: 'Réglages' },
  { id: 'plan', name: 'Plan du site' },
  { id: 'donnees', name: 'Données personnelles' },
  { id: 'infos', name: 'Mentions légales' },
  { id: 'accessibilite', name: 'Accessibilité : non conforme' },
];
