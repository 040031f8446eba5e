import type { NewVariant } from '../catalog/create-product.ts';
import type { Picture } from '../catalog/picture-store.ts';
import { type Drawing, framePicture } from './pictures/frame.ts';
import { backpack, headphones } from './pictures/gear.ts';
import { candle, eveningSet, lamp, mug, notebook } from './pictures/home.ts';
import { jacket, scarf, sneaker, watch } from './pictures/wear.ts';

/** A product of the demo shop; prices in euro cents. */
export interface DemoProduct {
  readonly title: string;
  readonly description: string;
  readonly pictures: readonly Picture[];
  readonly variants: readonly NewVariant[];
  /** Of a bundle, which has one variant. */
  readonly parts: readonly DemoPart[];
}

/** A part of a bundle of the demo shop. */
export interface DemoPart {
  readonly sku: string;
  readonly quantity: number;
}

interface Sketch {
  readonly title: string;
  readonly description: string;
  readonly drawing: Drawing;
  readonly sku: string;
  readonly priceMinor: number;
  readonly weightGrams: number;
  readonly onHand: number;
  /** What the labels are values of; left out for an only variant. */
  readonly option?: string;
  readonly labels: readonly string[];
  /** Makes it a bundle: the SKUs of its parts, with how many of each. */
  readonly parts?: readonly DemoPart[];
}

const sketches: readonly Sketch[] = [
  {
    title: 'Drizzle Rain Jacket',
    description: 'Light, taped seams, folds into its own pocket. Made for walks that end wet.',
    drawing: jacket,
    sku: 'JKT',
    option: 'Size',
    priceMinor: 12_900,
    weightGrams: 420,
    onHand: 40,
    labels: ['S', 'M', 'L', 'XL'],
  },
  {
    title: 'Halo Table Lamp',
    description: 'Opal shade on brushed brass. Dims from reading light to candlelight.',
    drawing: lamp,
    sku: 'LMP',
    option: 'Colour',
    priceMinor: 8_900,
    weightGrams: 1_600,
    onHand: 30,
    labels: ['Brass', 'Black'],
  },
  {
    title: 'Tide Stoneware Mug',
    description: 'Thrown by hand, glazed like the sea at four in the afternoon. 350 ml.',
    drawing: mug,
    sku: 'MUG',
    option: 'Colour',
    priceMinor: 2_400,
    weightGrams: 380,
    onHand: 120,
    labels: ['Teal', 'Sand'],
  },
  {
    title: 'Ridge Backpack 22 L',
    description: 'Waxed canvas, leather straps, a sleeve for a laptop and a place for everything else.',
    drawing: backpack,
    sku: 'BPK',
    option: 'Colour',
    priceMinor: 11_900,
    weightGrams: 980,
    onHand: 35,
    labels: ['Navy', 'Olive'],
  },
  {
    title: 'Quiet Headphones',
    description: 'Over the ear, soft as a sofa, 40 hours between charges.',
    drawing: headphones,
    sku: 'HDP',
    option: 'Colour',
    priceMinor: 17_900,
    weightGrams: 260,
    onHand: 25,
    labels: ['Plum', 'Graphite'],
  },
  {
    title: 'Cloud Runner Sneaker',
    description: 'A sole like a small trampoline and an upper knitted in one piece.',
    drawing: sneaker,
    sku: 'SNK',
    option: 'Size',
    priceMinor: 9_900,
    weightGrams: 620,
    onHand: 48,
    labels: ['38', '40', '42', '44'],
  },
  {
    title: 'Meridian Watch',
    description: 'Automatic movement, sapphire glass, a strap that gets better with the years.',
    drawing: watch,
    sku: 'WTC',
    option: 'Strap',
    priceMinor: 24_900,
    weightGrams: 90,
    onHand: 15,
    labels: ['Cognac strap', 'Black strap'],
  },
  {
    title: 'Ember Soy Candle',
    description: 'Fig, cedar and a little smoke. Burns for 45 evenings of an hour.',
    drawing: candle,
    sku: 'CND',
    option: 'Scent',
    priceMinor: 2_900,
    weightGrams: 450,
    onHand: 90,
    labels: ['Fig & cedar', 'Salt & sage'],
  },
  {
    title: 'Harbour Merino Scarf',
    description: 'Two metres of fine merino, woven by the sea, warm even when damp.',
    drawing: scarf,
    sku: 'SCF',
    option: 'Colour',
    priceMinor: 5_900,
    weightGrams: 210,
    onHand: 60,
    labels: ['Brick', 'Moss'],
  },
  {
    title: 'Slow Evening Set',
    description: 'Two stoneware mugs and the candle that goes with them. Tea not included.',
    drawing: eveningSet,
    sku: 'SET',
    priceMinor: 6_500,
    weightGrams: 1_210,
    onHand: 0,
    labels: [''],
    parts: [
      { sku: 'MUG-1', quantity: 2 },
      { sku: 'CND-1', quantity: 1 },
    ],
  },
  {
    title: 'Dot Grid Notebook',
    description: '192 pages that lie flat and do not let ink through. Comes with its pencil.',
    drawing: notebook,
    sku: 'NTB',
    priceMinor: 1_900,
    weightGrams: 340,
    onHand: 150,
    labels: [''],
  },
];

/** What the demo shop sells, in the order of its catalogue. */
export const demoProducts: readonly DemoProduct[] = sketches.map(
  ({ title, description, drawing, ...rest }) => ({
    title,
    description,
    pictures: [{ contentType: 'image/svg+xml', bytes: Buffer.from(framePicture(title, drawing)) }],
    variants: rest.labels.map((label, index) => ({
      sku: `${rest.sku}-${index + 1}`,
      label,
      options: rest.option === undefined ? {} : { [rest.option]: label },
      priceMinor: rest.priceMinor,
      weightGrams: rest.weightGrams,
      onHand: rest.onHand,
    })),
    parts: rest.parts ?? [],
  }),
);
