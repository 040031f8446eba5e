import { formatMoney } from '@souk/protocol/money';
import sharp from 'sharp';
import type { DemoProduct } from './demo-show.ts';
import { layout } from './layout.ts';

interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

const FONTS = "Inter, 'Helvetica Neue', 'DejaVu Sans', sans-serif";
const TITLE_CHARACTERS = 13;
const TITLE_LINES = 4;

/** Draws the full frame of one product as a PNG: picture in the middle, title on the left, price on the right. */
export async function drawProductCard(
  product: DemoProduct,
  picture: Buffer,
  place: { readonly index: number; readonly count: number },
): Promise<Buffer> {
  const { size, x, y } = layout.picture;
  const framed = await roundCorners(
    await sharp(picture, { density: 192 }).resize(size, size, { fit: 'cover' }).png().toBuffer(),
  );
  const { dominant } = await sharp(framed).stats();
  return sharp(Buffer.from(drawBackground(product, dominant, place)))
    .composite([{ input: framed, left: x, top: y }])
    .removeAlpha()
    .png()
    .toBuffer();
}

async function roundCorners(picture: Buffer): Promise<Buffer> {
  const { size, radius } = layout.picture;
  const mask = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="${size}" height="${size}" rx="${radius}"/></svg>`;
  return sharp(picture)
    .ensureAlpha()
    .composite([{ input: Buffer.from(mask), blend: 'dest-in' }])
    .png()
    .toBuffer();
}

function drawBackground(
  product: DemoProduct,
  dominant: Colour,
  place: { readonly index: number; readonly count: number },
): string {
  const { width, height, picture, track } = layout;
  const hue = hueOf(dominant);
  const middle = picture.y + picture.size / 2;
  const price = formatMoney({ amountMinor: product.priceMinor, currency: product.currency }, 'en');
  const number = `${String(place.index + 1).padStart(2, '0')} / ${String(place.count).padStart(2, '0')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
  <defs>
    <linearGradient id="sky" x1="0" y1="0" x2="1" y2="1">
      <stop offset="0" stop-color="hsl(${hue}, 36%, 34%)"/><stop offset="1" stop-color="hsl(${hue + 24}, 42%, 9%)"/>
    </linearGradient>
    <radialGradient id="halo">
      <stop offset="0" stop-color="#fff" stop-opacity="0.30"/><stop offset="1" stop-color="#fff" stop-opacity="0"/>
    </radialGradient>
    <filter id="blur" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="16"/></filter>
  </defs>
  <rect width="${width}" height="${height}" fill="url(#sky)"/>
  <circle cx="${width / 2}" cy="${middle}" r="400" fill="url(#halo)"/>
  <rect x="${picture.x + 8}" y="${picture.y + 16}" width="${picture.size - 16}" height="${picture.size}" rx="${picture.radius}" fill="#000" opacity="0.4" filter="url(#blur)"/>
  <rect x="${track.x}" y="${track.y - 1}" width="${track.width}" height="2" rx="1" fill="#fff" opacity="0.35"/>
  <g font-family="${FONTS}" fill="#fff">
    <text x="72" y="${middle - 92}" font-size="17" letter-spacing="4" opacity="0.75">ON AIR NOW</text>
    ${drawTitle(product.title, middle - 32)}
    <text x="${width - 72}" y="${middle - 92}" text-anchor="end" font-size="17" letter-spacing="4" opacity="0.75">${number}</text>
    <text x="${width - 72}" y="${middle - 24}" text-anchor="end" font-size="56" font-weight="300">${escapeXml(price)}</text>
  </g>
</svg>`;
}

function drawTitle(title: string, firstLineY: number): string {
  return wrap(title)
    .map(
      (line, index) =>
        `<text x="72" y="${firstLineY + index * 50}" font-size="40" font-weight="300">${escapeXml(line)}</text>`,
    )
    .join('\n    ');
}

function wrap(title: string): string[] {
  const lines: string[] = [];
  for (const word of title.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < TITLE_CHARACTERS)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.slice(0, TITLE_LINES);
}

/** Degrees on the colour circle (0 is red); a grey counts as a calm blue. */
function hueOf({ r, g, b }: Colour): number {
  const most = Math.max(r, g, b);
  const range = most - Math.min(r, g, b);
  if (range < 8) return 220;
  if (most === r) return Math.round(60 * ((g - b) / range) + 360) % 360;
  return Math.round(60 * (most === g ? (b - r) / range + 2 : (r - g) / range + 4));
}

const xmlEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => xmlEscapes[character] ?? '');
}

/** A round soft light that drifts over the picture, and the dot that runs along the track; both as PNG. */
export async function drawMovingParts(): Promise<{ glow: Buffer; dot: Buffer }> {
  const { glow: size, track } = layout;
  const light = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><defs><radialGradient id="g"><stop offset="0" stop-color="#fff8ea" stop-opacity="0.26"/><stop offset="1" stop-color="#fff8ea" stop-opacity="0"/></radialGradient></defs><circle cx="${size / 2}" cy="${size / 2}" r="${size / 2}" fill="url(#g)"/></svg>`;
  const bead = `<svg xmlns="http://www.w3.org/2000/svg" width="${track.dot}" height="${track.dot}"><circle cx="${track.dot / 2}" cy="${track.dot / 2}" r="${track.dot / 2}" fill="#fff"/></svg>`;
  const [glow, dot] = await Promise.all([light, bead].map((svg) => sharp(Buffer.from(svg)).png().toBuffer()));
  if (glow === undefined || dot === undefined) throw new TypeError('both parts are drawn');
  return { glow, dot };
}
