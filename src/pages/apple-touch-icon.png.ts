// The icon of a home screen, asked for at this address by phones whose owner puts the site there: a step, and no word.
import sharp from 'sharp';

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 32 32">
  <path d="M-4-4h32v32H-4z" fill="#0b4a4d"/>
  <path d="M3 20h6v-6h6V8h6" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>
</svg>`;

/** The picture, drawn when the site is built: 180 pixels square. */
export async function GET(): Promise<Response> {
  const png = await sharp(Buffer.from(icon)).resize(180, 180).png({ palette: true }).toBuffer();
  return new Response(new Uint8Array(png), { headers: { 'content-type': 'image/png' } });
}
