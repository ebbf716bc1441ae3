// The languages in which a call can be asked for, French first: each is a name in `content/langues/`, and in addresses.

/** Each of them. */
export const tongues = [
  'francais',
  'anglais',
  'arabe',
  'bengali',
  'chinois',
  'espagnol',
  'persan',
  'polonais',
  'portugais',
  'roumain',
  'russe',
  'tamoul',
  'turc',
  'ukrainien',
  'vietnamien',
] as const;

export type Tongue = (typeof tongues)[number];

/** Those that are not French. */
export type OtherTongue = Exclude<Tongue, 'francais'>;
export const otherTongues = tongues.filter((tongue): tongue is OtherTongue => tongue !== 'francais');

/** The language of that name, French excepted; undefined when there is none. */
export function tongueNamed(name: string): OtherTongue | undefined {
  return otherTongues.find((tongue) => tongue === name);
}

/** Where the journey of a request goes: the empty form, where it is sent, and what comes after. */
export type JourneyStep = keyof typeof names;

/** The address of a step in a language. */
export function journeyPath(step: JourneyStep, tongue: Tongue): string {
  if (tongue === 'francais') return step === 'form' ? '/contact' : `/contact/${names[step]}`;
  return `/langues/${tongue}/${names[step]}`;
}

/** Where a partner's page shows the form of a language. */
export function framePath(tongue: Tongue): string {
  return tongue === 'francais' ? '/encart/rappel' : `/encart/rappel/${tongue}`;
}

/** Where a language says how to leave, to erase, and whom else to call. */
export function tracesPath(tongue: Tongue): string {
  return tongue === 'francais' ? '/reglages' : `/langues/${tongue}/traces`;
}

const names = {
  form: 'rappel',
  send: 'envoi',
  outcome: 'suite',
  change: 'modifier',
  cancel: 'annuler',
} as const;
