// What every answer is made from.
import type { Tongue } from '../../service/tongues.ts';
import type { Application } from '../application.ts';
import type { Answer } from './answer.ts';
import type { Pages } from './built-pages.ts';
import type { HeaderTable } from './headers.ts';
import type { Render } from './renderer.ts';

/**
 * What the site answers from; `failed`: the answer to what may not or cannot be, by status and language, the same one each
 * time.
 */
export type Site = {
  pages: Pages;
  render: Render;
  application: Application;
  table: HeaderTable;
  failed(status: number, tongue?: Tongue): Answer;
};
