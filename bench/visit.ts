// What the exit bench visits: our page, and the same page wearing the GOV.UK component; and one visit to either.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Page } from '@playwright/test';

/** One exit to measure: where it is, what to press, and its own keyboard shortcut. */
export type Subject = { url: string; button: string; shortcut: string[] };

/** The exit site as seen from its own side: the Referer of each request it received, '' for none. */
export type ExitSite = { url: string; referers: string[]; answer(): void };

/** A page of a subject in a context of its own, closed when it goes out of scope. */
export type Visit = AsyncDisposable & {
  subject: Subject;
  context: BrowserContext;
  page: Page;
  devtools: CDPSession;
  exit: ExitSite;
};

/** Where both exits lead. Answered by the bench itself: nothing leaves this machine. */
export const exitUrl = 'https://meteofrance.com/';

/** The phone field, the same on both pages. */
export const field = '#tel';

/** Milliseconds after which what a press did is done. */
export const settled = 700;

const component = new URL('../node_modules/govuk-frontend/', import.meta.url);

/** A file of the `govuk-frontend` package, as text. */
export const govukFile = (path: string) => readFileSync(new URL(path, component), 'utf8');

/** Opens a subject from a blank page, and waits until it is ready; `silent` keeps the exit site from answering. */
export async function visit(
  browser: Browser,
  subject: Subject,
  { silent = false, ...options }: BrowserContextOptions & { silent?: boolean } = {},
): Promise<Visit> {
  const context = await browser.newContext({ locale: 'fr-FR', ...options });
  const exit = await openExitSite(context, silent);
  const page = await context.newPage();
  await page.goto('about:blank');
  await page.goto(subject.url, { waitUntil: 'load' });
  const devtools = await context.newCDPSession(page);
  const close = async () => {
    exit.answer(); // a request still held would hold the closing too
    await context.close();
  };
  return { subject, context, page, devtools, exit, [Symbol.asyncDispose]: close };
}

async function openExitSite(context: BrowserContext, silent: boolean): Promise<ExitSite> {
  const { promise: spoken, resolve: answer } = Promise.withResolvers<void>();
  const referers: string[] = [];
  if (!silent) answer();
  await context.route(`${exitUrl}**`, async (route) => {
    referers.push(route.request().headers().referer ?? '');
    await spoken;
    const body = '<!doctype html><title>Météo</title><h1>Météo</h1>';
    await route.fulfill({ contentType: 'text/html; charset=utf-8', body }).catch(() => {}); // its page was closed
  });
  return { url: exitUrl, referers, answer };
}

/** The middle of the exit button, for a real mouse: Playwright's own `click` would wait for the exit site. */
export async function buttonCentre({ page, subject }: Visit): Promise<{ x: number; y: number }> {
  const box = await page.locator(subject.button).boundingBox();
  if (!box) throw new Error('no exit button');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Presses the exit button with the mouse, some keys held down if asked. */
export async function pressExit(visited: Visit, button: 'left' | 'middle' = 'left', held: string[] = []) {
  const { x, y } = await buttonCentre(visited);
  for (const key of held) await visited.page.keyboard.down(key);
  await visited.page.mouse.click(x, y, { button });
  for (const key of held) await visited.page.keyboard.up(key);
}

/** One gesture: `+Key` holds a key, `-Key` lets go, `click` is on the page, `drag` and `scroll` start on the button. */
export async function perform(visited: Visit, gesture: string): Promise<void> {
  const { page, devtools } = visited;
  if (gesture.startsWith('+')) return page.keyboard.down(gesture.slice(1));
  if (gesture.startsWith('-')) return page.keyboard.up(gesture.slice(1));
  if (gesture === 'click') return page.mouse.click(300, 400);
  const centre = await buttonCentre(visited);
  if (gesture === 'scroll') {
    const scroll = { ...centre, yDistance: -250, gestureSourceType: 'touch' } as const;
    await devtools.send('Input.synthesizeScrollGesture', scroll);
    return;
  }
  await page.mouse.move(centre.x, centre.y);
  await page.mouse.down();
  await page.mouse.move(300, 400, { steps: 5 });
  await page.mouse.up();
}

/** Serves the GOV.UK component in front of our own text, title and form: only the exit differs. */
export async function serveGovuk(ours: string): Promise<{ origin: string; stop(): void }> {
  const files: Record<string, [type: string, text: string]> = {
    '/': ['text/html', govukPage(ours)],
    '/govuk.css': ['text/css', govukFile('dist/govuk/govuk-frontend.min.css')],
    '/govuk.js': ['text/javascript', govukFile('dist/govuk/govuk-frontend.min.js')],
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://bench');
    const [type, text] = files[url.pathname] ?? ['text/plain', ''];
    const sober = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
    response.setHeaders(new Map(Object.entries(url.searchParams.has('sobre') ? sober : {})));
    response.writeHead(text ? 200 : 404, { 'content-type': `${type}; charset=utf-8` }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, stop: () => server.close() };
}

// The markup is the package's own, with our exit address; the skip link is the one that its guidance asks for.
function govukPage(ours: string): string {
  const button = govukFile('dist/govuk/components/exit-this-page/template-default.html');
  const skip = 'class="govuk-skip-link govuk-js-exit-this-page-skiplink" data-module="govuk-skip-link"';
  return `<!doctype html>
<html lang="fr" class="govuk-template">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
${partOf(ours, 'title')}<link rel="icon" href="data:,"><link rel="stylesheet" href="/govuk.css"></head>
<body class="govuk-template__body">
<script>document.body.className += ' js-enabled govuk-frontend-supported'</script>
<a href="${exitUrl}" ${skip} rel="nofollow noreferrer">Exit this page</a>
<div class="govuk-width-container">
${button.replace(/href="[^"]*"/, `href="${exitUrl}"`)}
${partOf(ours, 'main')}
</div>
<script type="module">import { initAll } from '/govuk.js'; initAll()</script>
</body></html>`;
}

function partOf(page: string, tag: string): string {
  const [part] = new RegExp(`<${tag}[ >][\\s\\S]*</${tag}>`).exec(page) ?? [];
  if (!part) throw new Error(`our page has no ${tag}`);
  return part;
}
