// A partner whose page holds one frame of ours, for tests of what partners copy.
import type { Browser, Frame, Page } from 'puppeteer-core';
import { frameHtml, frames } from '../../src/partners/frame.ts';
import { openServer, type TestServer } from '../support/server.ts';

/** Opens a partner: any path is its page, with the code that the query says, in a column as wide as it says. */
export function openPartner(): Promise<TestServer> {
  return openServer((request, response) => {
    const { searchParams: asked } = new URL(request.url ?? '', 'http://partner');
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<!doctype html><title>Mairie</title><h1>Mairie</h1><div style="width:${asked.get('column')}px">${asked.get('code')}</div>`,
    );
  });
}

/** The code that partners are given today, but shown at once: who loads the page waits for no lazy frame. */
export function codeGiven(name: keyof typeof frames, origin: string): string {
  return frameHtml(frames[name], new URL(origin)).replace(' loading="lazy"', '');
}

/** The frame of a partner's page, once loaded; undefined when the browser refused to show it. Before it, a page « Avant ». */
export async function frameOf(
  browser: Browser,
  partner: string,
  { code, column = 640 }: { code: string; column?: number },
): Promise<Frame | undefined> {
  const page: Page = await browser.newPage();
  await page.setViewport({ width: 800, height: 1000 });
  await page.goto('data:text/html,<title>Avant</title>');
  const query = new URLSearchParams({ code, column: String(column) });
  await page.goto(`${partner}/?${query}`, { waitUntil: 'load' });
  const frame = page.frames().find((one) => one.url().includes('/encart'));
  const shown = await frame?.evaluate(() => !!document.getElementById('quitter')).catch(() => false);
  if (frame && shown) return frame;
  await page.close();
  return undefined;
}

/** How many pixels of a frame are out of sight, to the right and below. */
export function outOfSight(frame: Frame): Promise<number[]> {
  return frame.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return [Math.max(0, scrollWidth - innerWidth), Math.max(0, scrollHeight - innerHeight)];
  });
}
