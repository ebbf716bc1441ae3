// A second opinion: the engine of IBM Equal Access, from npm, inside the page. Nothing is asked from any network.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { unroll } from '../fixtures.ts';

const engine = readFileSync(new URL(import.meta.resolve('accessibility-checker-engine')), 'utf8');

type Finding = { ruleId: string; value: [string, string]; path: { dom: string }; message: string };

// It cannot tell, and asks for a person; each is settled elsewhere. Whatever it refuses, or any other doubt, fails.
const settled: Record<string, string | undefined> = {
  style_color_misuse: 'asked of every page with a style; no state is said by colour alone',
  style_highcontrast_visible: 'asked of every page; axe.ts and contrast.ts look in forced colours',
  style_focus_visible: 'focus.ts measures each indicator on pixels',
  element_tabbable_unobscured: 'focus.ts looks at what is on top of each focused element',
  text_block_heading: 'labels of fields and names in a list of numbers are bold, and are no headings',
  download_keyboard_controllable: 'a file leaves by an ordinary link; focus.ts goes past each of them',
  input_fields_grouped: 'the fields of the form are separate questions',
};

// It refuses what is right: it reads the words that stand in a label itself, not in an element inside it.
const mistaken: Record<string, string | undefined> = {
  label_content_exists: 'targets.ts and axe.ts hold the name of each box of the moments',
};

/** One view: what it says of structure is the same in all, and axe.ts looks at contrast in each. */
export async function ibmFaults(page: Page): Promise<string[]> {
  await unroll(page, 390);
  return ibmComplaints(page);
}

/** What the engine refuses or wants a person to look at, one line each. */
export async function ibmComplaints(page: Page): Promise<string[]> {
  await page.evaluate(`if (!globalThis.ace) { ${engine}; globalThis.ace = ace }`);
  const findings: Finding[] = await page.evaluate(
    "new ace.Checker().check(document, ['IBM_Accessibility', 'WCAG_2_2']).then(({ results }) => results)",
  );
  return findings
    .filter(({ ruleId }) => !mistaken[ruleId])
    .filter(({ ruleId, value }) => value[1] === 'FAIL' || (value[1] !== 'PASS' && !settled[ruleId]))
    .map(({ ruleId, value, path, message }) => `${value} ${ruleId} ${path.dom}: ${message}`);
}
