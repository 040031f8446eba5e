import type { ObjectEntry } from './object-store.ts';

export interface ListingPage {
  readonly entries: readonly ObjectEntry[];
  /** Set when there is more. */
  readonly nextToken: string | undefined;
}

/** Reads an answer of ListObjectsV2. Our keys have no character that XML writes differently. */
export function parseListing(xml: string): ListingPage {
  const entries = [...xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)].flatMap(([, content = '']) => {
    const key = findText(content, 'Key');
    return key === undefined ? [] : [{ key, sizeBytes: Number(findText(content, 'Size') ?? 0) }];
  });
  const isCut = findText(xml, 'IsTruncated') === 'true';
  return { entries, nextToken: isCut ? findText(xml, 'NextContinuationToken') : undefined };
}

function findText(xml: string, tag: string): string | undefined {
  return new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1]?.replaceAll('&amp;', '&');
}
