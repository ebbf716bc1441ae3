// Whether a posted form is a request that was kept before: by the key of its page, by its words from the same household,
// or by its words alone. Only the first two give rights over it.

/** A keyed fingerprint of one kind, and since when it counts (milliseconds since 1970, excluded). */
export type Mark = { key: string; since: number };

/** What is known of a posted form without reading it. */
export type Fingerprints = {
  /** What it says. */
  content: string;
  /** The key that its page drew: only that page has it. */
  own?: Mark | undefined;
  /** What it says, and the household that said it. */
  place?: Mark | undefined;
  /** What it says, whoever said it; its key is `content`. */
  anywhere?: Mark | undefined;
  /** Other words under its own key change what was kept after this time; before, they are another request. */
  changeableSince: number;
  /** The request whose token it carries: it can be that one and no other, or what takes its place. */
  changes?: string | undefined;
};

/** A request already kept. */
export type Kept = { id: string; receivedAt: number; content: string };

/** What an outbox holds under each fingerprint; `changed`: what stands today where `changes` stood. */
export type Matches = {
  own?: Kept | undefined;
  place?: Kept | undefined;
  anywhere?: Kept | undefined;
  changed?: string | undefined;
};

/**
 * `known`: that request, sent again; `hasKey`: nothing is to be noted to know it by its page. `duplicate`: the words of `first`,
 * from elsewhere: it gives no right over it.
 */
export type Recognised =
  | { kind: 'known'; known: Kept; hasKey: boolean }
  | { kind: 'duplicate'; first: string }
  | { kind: 'new'; replaces: string | undefined };

/** What a form is, by what was found under its fingerprints. */
export function recognise(form: Fingerprints, { own, place, anywhere, changed }: Matches): Recognised {
  const itIs = (request: Kept): Recognised => ({
    kind: 'known',
    known: request,
    hasKey: !form.own || own?.id === request.id,
  });
  if (changed) {
    const same = [own, place, anywhere].find((one) => one?.id === changed && one.content === form.content);
    return same ? itIs(same) : { kind: 'new', replaces: changed };
  }
  if (own?.content === form.content) return itIs(own);
  if (own && own.receivedAt > form.changeableSince) return { kind: 'new', replaces: own.id };
  if (place) return itIs(place);
  if (anywhere) return { kind: 'duplicate', first: anywhere.id };
  return { kind: 'new', replaces: undefined };
}
