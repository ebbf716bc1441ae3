// People who read pages and ask to be called, several at once, without a pause, until told to stop.

import { type IncomingMessage, request as plain } from 'node:http';
import { request as secured } from 'node:https';
import { text } from 'node:stream/consumers';

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
      count(answers.pages, await statusOf(`${origin}/appeler`));
      const prenom = `Fleur${names++}.`;
      const status = await statusOf(`${origin}/contact/envoi`, formOf(prenom));
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
  const { headers, body } = formOf(prenom);
  return fetch(`${origin}/contact/envoi`, { method: 'POST', body, headers, redirect: 'manual' });
}

type Form = { headers: Record<string, string>; body: string };

function formOf(prenom: string): Form {
  const fields = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin', prenom });
  const headers = {
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded',
  };
  return { headers, body: `${fields}` };
}

// Over a connection of its own: `fetch` keeps one for all, and what a proxy says when it closes that one is not of the site.
async function statusOf(address: string, form?: Form): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const send = address.startsWith('https:') ? secured : plain;
  const options = form ? { method: 'POST', headers: form.headers, agent: false } : { agent: false };
  send(address, options, resolve).once('error', reject).end(form?.body);
  try {
    const answer = await promise;
    await text(answer);
    return String(answer.statusCode);
  } catch (error) {
    return String(Object(error).code ?? error);
  }
}

function count(counts: Record<string, number>, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}
