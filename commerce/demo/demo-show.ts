import type { ShowId } from '@souk/protocol/ids';
import { z } from 'zod';

/** What the demo picture is made of: the show, and its products in the order of the line-up. */
export interface DemoShowView {
  readonly showId: ShowId;
  readonly products: readonly {
    readonly title: string;
    readonly priceMinor: number;
    readonly currency: string;
    readonly pictureUrl: string;
  }[];
}

export const DEMO_SHOW_SETTING = 'demo-show';
export const demoShowSettingSchema = z.object({ showId: z.string() });
