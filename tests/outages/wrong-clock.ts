// Loaded before the site (`--import`): its clock is wrong by the milliseconds written in the file CLOCK_FILE.
import { readFileSync } from 'node:fs';

const RealDate = Date;
const wrongNow = () => RealDate.now() + Number(readFileSync(process.env.CLOCK_FILE ?? '', 'utf8'));

globalThis.Date = class extends RealDate {
  constructor(...given: []) {
    super(...((given.length > 0 ? given : [wrongNow()]) as []));
  }
  static override now = wrongNow;
} as DateConstructor;
