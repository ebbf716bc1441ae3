// Pages of ours, read by a script instead of the browser. Text becomes HTML, and a script, here only.
import { byId } from './elements.ts';

const patienceMs = 30_000;

/**
 * The page of ours that an address answers; undefined when it takes longer than thirty seconds, when `control` gives up, or
 * when the network, the server or somebody between fails. `post`: the form that is sent, whose refusals are pages too.
 */
export async function pageFrom(
  address: string,
  control: AbortController,
  post?: RequestInit,
): Promise<Document | undefined> {
  const timer = setTimeout(() => control.abort(), patienceMs);
  try {
    const response = await fetch(address, { ...post, cache: 'no-store', signal: control.signal });
    const text = await response.text();
    if (response.status >= 500 && !post) return undefined;
    const page = documentOf(text);
    return page.querySelector('main#contenu') ? page : undefined;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Takes in, once each, the named styles and the named script that a page brings: by itself a script does not run. The content
 * policy knows those that we wrote, and stops any other.
 */
export function takeIn(page: Document): void {
  page.querySelectorAll('style[id]').forEach((style) => {
    if (!byId(style.id)) document.head.append(style);
  });
  const script = page.querySelector('script[id]');
  if (!script || byId(script.id)) return;
  const fresh = document.createElement('script');
  fresh.id = script.id;
  fresh.text = policyOf(script.textContent as string).createScript('');
  document.body.append(fresh);
}

/** A text read as HTML, apart from the page: nothing in it runs or loads. */
export function documentOf(text: string): Document {
  return new DOMParser().parseFromString(policyOf(text).createHTML(''), 'text/html');
}

// What a browser asks for where text becomes HTML or a script: this text, and no other.
function policyOf(text: string): TextPolicy {
  const same = () => text;
  const rules = { createHTML: same, createScript: same };
  return window.trustedTypes ? window.trustedTypes.createPolicy('page', rules) : rules;
}
