// The other languages of the posters: those of the site whose letters we can print.
import { clock } from '../service/service.ts';
import { unbroken } from '../service/typography.ts';
import { readContent } from '../writing/read.ts';
import { filled } from '../writing/texts.ts';
import type { UrgentWords } from './appeal.ts';
import { canPrint } from './typeface.ts';

/** What a poster says in another language. */
export type Tongue = {
  /** The name of its page, in French: `anglais`. */
  id: string;
  lang: string;
  name: string;
  hours: string;
  cost: string;
  /** That the line is in French: a poster in a language must not let one hope for it at the other end. */
  inFrench: string;
  urgent: UrgentWords;
  /** Whether a translator has read it. */
  isReviewed: boolean;
};

/** The languages of the folder of those who write. Arabic, Chinese and Tamil are left out: no typeface, no shaping. */
export function tonguesOf(folder: string): Tongue[] {
  const { languages } = readContent(folder);
  return languages.map(tongueOf).filter(({ name, hours }) => canPrint(name + hours));
}

function tongueOf({ id, head }: ReturnType<typeof readContent>['languages'][number]): Tongue {
  const { horaires, non_surtaxe, en_francais, danger, ou, sans_parler, sms } = head.mots;
  return {
    id,
    lang: head.langue,
    name: head.nom,
    hours: filled(horaires, (key) => unbroken(key === 'ouvre' ? clock.opens : clock.closes)),
    cost: non_surtaxe,
    inFrench: en_francais,
    urgent: { danger, or: ou, withoutSpeaking: sans_parler, text: sms },
    isReviewed: head.relu,
  };
}
