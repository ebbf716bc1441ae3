// The other languages of the posters: those of the site whose letters we can print.
import { hourIn } from '../service/hours-in-language.ts';
import { opening } from '../service/service.ts';
import { capital } from '../service/typography.ts';
import { readContent } from '../writing/read.ts';
import { filled } from '../writing/texts.ts';
import { canPrint, fromLeft } from './pdf/pdf.ts';
import type { UrgentWords } from './sentences.ts';

/** What a poster says in another language. */
export type Tongue = {
  /** The name of its page, in French: `anglais`. */
  id: string;
  lang: string;
  /** The side from which it is read. */
  direction: 'ltr' | 'rtl';
  name: string;
  /** What the line is, in words that anybody may read over a shoulder. */
  pitch: string;
  hours: string;
  cost: string;
  /** That the line is in French: a poster in a language must not let one hope for it at the other end. */
  inFrench: string;
  urgent: UrgentWords;
  /** Whether a translator has read it. */
  isReviewed: boolean;
};

/** The languages of which those who write want a poster, but one whose letters no typeface of the kit has. */
export function tonguesOf(folder: string): Tongue[] {
  const { languages } = readContent(folder);
  return languages
    .filter(({ head }) => head.affiche)
    .map(tongueOf)
    .filter(({ name, hours }) => canPrint(name + hours));
}

function tongueOf({ id, head }: ReturnType<typeof readContent>['languages'][number]): Tongue {
  const { horaires, non_surtaxe, accroche, en_francais, danger, sans_parler, sms } = head.mots;
  const time = (minutes: number) => {
    const written = hourIn(head.langue, minutes);
    return head.sens === 'rtl' ? fromLeft(written) : written;
  };
  const hours = filled(horaires, (key) => time(key === 'ouvre' ? opening.opensAt : opening.closesAt));
  return {
    id,
    lang: head.langue,
    direction: head.sens,
    name: head.nom,
    pitch: accroche,
    hours: capital(hours, head.langue),
    cost: non_surtaxe,
    inFrench: en_francais,
    urgent: {
      danger,
      withoutSpeaking: sans_parler,
      text: sms,
      end: non_surtaxe.slice(-1), // Chinese has its own full stop
    },
    isReviewed: head.relu,
  };
}
