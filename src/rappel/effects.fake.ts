// The effects handed to `receive`, for the tests of this room: their clock stands still until a test moves it, their ids count from one.
import { opening } from '../service/service.ts';
import { byHours, type ReceiveEffects } from './effects.ts';
import { memoryOutbox } from './outbox.fake.ts';
import { boxFor, digestFor, openMessage, sealMessage } from './seal.ts';

export type FakeEffects = ReceiveEffects & { at: Date; logged: unknown[]; wakes: number };

const messages = boxFor('the secret of a test', 'message');

/** Effects with an empty outbox, on Monday 23 November 2026 at 8:00 in Paris. */
export function fakeEffects(): FakeEffects {
  let ids = 0;
  const effects: FakeEffects = {
    at: new Date('2026-11-23T07:00:00Z'),
    logged: [],
    wakes: 0,
    ...byHours(opening),
    now: () => effects.at,
    newId: () => idOf(++ids),
    seal: async (message) => sealMessage(message, messages),
    digest: digestFor('the secret of a test', 'digest'),
    tokens: boxFor('the secret of a test', 'token'),
    cancellations: boxFor('the secret of a test', 'cancellation'),
    endings: boxFor('the secret of a test', 'ending'),
    outbox: memoryOutbox(),
    mailbox: 'equipe@example.org',
    wake: () => {
      effects.wakes += 1;
    },
    isMailLate: async () => false,
    journal: (event, details) => effects.logged.push([event, details]),
  };
  return effects;
}

/** The id of the nth message under fake effects; its reference is `abricot-lampe` and `n` in two digits. */
export function idOf(n: number): string {
  return n.toString(16).padStart(8, '0').padEnd(32, 'f');
}

/** Leases all that is due, as a courier does, and reads it: the text of each message, the oldest first. */
export async function takeDue({ outbox, at }: FakeEffects): Promise<string[]> {
  const texts: string[] = [];
  const { count } = await outbox.waiting();
  for (let taken = 0; taken < count; taken += 1) {
    const message = await outbox.due(at.getTime(), at.getTime() + 60_000);
    if (message) texts.push(textOf(message.sealed));
  }
  return texts;
}

/** The message that the fake `seal` closed. */
export function messageIn(sealed: Uint8Array | undefined): ReturnType<typeof openMessage> {
  return openMessage(sealed ?? new Uint8Array(), messages);
}

/** Its text. */
export function textOf(sealed: Uint8Array | undefined): string {
  return messageIn(sealed).text;
}

/** The same effects, some minutes later. */
export function pass(effects: FakeEffects, minutes: number): void {
  effects.at = new Date(effects.at.getTime() + minutes * 60_000);
}

/** A posted form: the two required answers, and others added to them or put in their place. */
export function formOf(answers: Record<string, string | string[]> = {}): FormData {
  const form = new FormData();
  const all = { tel: '01 99 00 12 34', quand: 'mar-matin', ...answers };
  for (const [name, answer] of Object.entries(all)) for (const one of [answer].flat()) form.append(name, one);
  return form;
}
