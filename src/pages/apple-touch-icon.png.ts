// The icon of a home screen, asked for at this address by phones whose owner puts the site there: a step, and no word.
import sharp from 'sharp';
import { pictograms } from '../components/pictograms.ts';
import { colours } from '../service/colours.ts';

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 32 32">
  <path d="M-4-4h32v32H-4z" fill="${colours.accent}"/>
  <path d="${pictograms.step}" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>
</svg>`;

/** The picture, drawn when the site is built: 180 pixels square. */
export async function GET(): Promise<Response> {
  const png = await sharp(Buffer.from(icon)).resize(180, 180).png({ palette: true }).toBuffer();
  return new Response(new Uint8Array(png), { headers: { 'content-type': 'image/png' } });
}
