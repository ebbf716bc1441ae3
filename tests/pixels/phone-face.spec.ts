// The same look in the letters of most phones, where lines break elsewhere; and of the alphabets that only they bring.
import { test } from '../accessibility/fixtures.ts';
import { phoneFace } from '../support/phone-face.ts';
import { absence, declareLooks, launchOptions } from './looks.ts';

test.use({ launchOptions: { ...launchOptions, env: phoneFace() } });
test.skip(absence !== '', absence);

declareLooks(
  ['index', 'contact', 'numeros', 'langues-arabe', 'langues-tamoul', 'langues-chinois'].map(
    (name) => [name, 'light'] as const,
  ),
  '-phone',
);
