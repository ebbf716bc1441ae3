// People who read pages and ask to be called, several at once, without a pause, until told to stop.

/** What they were answered: how many of each status (or error code), and the names of the requests that were noted. */
export type Answers = { pages: Record<string, number>; posts: Record<string, number>; noted: string[] };

export type Load = {
  answers: Answers;
  /** Resolves once so many more requests have been noted. */
  more(count: number): Promise<void>;
  /** Resolves once everybody has had a last answer. */
  stop(): Promise<Answers>;
};

/** Sends people to a site. Each asks under a name of their own, `Fleur12.`. */
export function startLoad(origin: string, people = 8): Load {
  const answers: Answers = { pages: {}, posts: {}, noted: [] };
  let isOver = false;
  let names = 0;
  let tell = () => {};
  const everybody = Array.from({ length: people }, async () => {
    while (!isOver) {
      count(answers.pages, await statusOf(fetch(`${origin}/appeler`)));
      const prenom = `Fleur${names++}.`;
      const status = await statusOf(ask(origin, prenom));
      count(answers.posts, status);
      if (status === '303') answers.noted.push(prenom);
      tell();
    }
  });
  return {
    answers,
    async more(count) {
      const goal = answers.noted.length + count;
      while (answers.noted.length < goal) {
        const { promise, resolve } = Promise.withResolvers<void>();
        tell = resolve;
        await promise;
      }
    },
    async stop() {
      isOver = true;
      await Promise.all(everybody);
      return answers;
    },
  };
}

/** Posts the form as a page without JavaScript does. */
export function ask(origin: string, prenom: string): Promise<Response> {
  const body = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin', prenom });
  const headers = { 'sec-fetch-site': 'same-origin' };
  return fetch(`${origin}/contact/envoi`, { method: 'POST', body, headers, redirect: 'manual' });
}

async function statusOf(asked: Promise<Response>): Promise<string> {
  try {
    const answer = await asked;
    await answer.arrayBuffer();
    return String(answer.status);
  } catch (error) {
    return String((Object(error).cause as { code?: string } | undefined)?.code ?? error);
  }
}

function count(counts: Record<string, number>, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}
