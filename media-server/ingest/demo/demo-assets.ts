import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DemoProduct } from './demo-show.ts';
import { layout } from './layout.ts';
import { drawMovingParts, drawProductCard } from './product-card.ts';
import { composeSoftTune } from './soft-tune.ts';

/** Files that the demo picture is put together from. */
export interface DemoAssets {
  readonly cards: readonly string[];
  readonly glow: string;
  readonly dot: string;
  readonly tune: string;
}

export interface PicturedProduct {
  readonly product: DemoProduct;
  readonly picture: Buffer;
}

/** Raised when the drawing changes, so that older files are not used. */
const DRAWING_VERSION = 2;

/** Draws what is not in the cache yet: a folder for each line-up, named after all that stands in it. */
export async function prepareDemoAssets(
  cacheDir: string,
  products: readonly PicturedProduct[],
): Promise<DemoAssets> {
  const parent = path.join(cacheDir, 'demo');
  const folder = path.join(parent, nameOf(products));
  if (!existsSync(folder)) {
    const draft = `${folder}.${process.pid}.draft`;
    await mkdir(draft, { recursive: true });
    await draw(draft, products);
    await removeOthers(parent, [path.basename(draft)]);
    await rename(draft, folder);
  }
  return filesIn(folder, products.length);
}

function nameOf(products: readonly PicturedProduct[]): string {
  const hash = createHash('sha256').update(JSON.stringify([DRAWING_VERSION, layout]));
  for (const { product, picture } of products) {
    const { title, priceMinor, currency } = product;
    hash.update(JSON.stringify([title, priceMinor, currency, picture.length])).update(picture);
  }
  return hash.digest('hex').slice(0, 16);
}

function filesIn(folder: string, count: number): DemoAssets {
  return {
    cards: Array.from({ length: count }, (_, index) => path.join(folder, `card-${index}.png`)),
    glow: path.join(folder, 'glow.png'),
    dot: path.join(folder, 'dot.png'),
    tune: path.join(folder, 'tune.wav'),
  };
}

async function draw(folder: string, products: readonly PicturedProduct[]): Promise<void> {
  const files = filesIn(folder, products.length);
  for (const [index, { product, picture }] of products.entries()) {
    const card = await drawProductCard(product, picture, { index, count: products.length });
    await writeFile(path.join(folder, `card-${index}.png`), card);
  }
  const { glow, dot } = await drawMovingParts();
  await writeFile(files.glow, glow);
  await writeFile(files.dot, dot);
  await writeFile(files.tune, composeSoftTune());
}

async function removeOthers(parent: string, kept: readonly string[]): Promise<void> {
  const others = (await readdir(parent)).filter((name) => !kept.includes(name));
  await Promise.all(others.map((name) => rm(path.join(parent, name), { recursive: true, force: true })));
}
