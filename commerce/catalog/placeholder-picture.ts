import type { Picture } from './picture-store.ts';

const document = [
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" width="800" height="800" role="img" aria-label="">',
  '<rect width="800" height="800" fill="#e7e9ee"/>',
  '<g fill="none" stroke="#9aa3b2" stroke-width="22" stroke-linejoin="round" stroke-linecap="round">',
  '<path d="M250 330 400 250l150 80v170l-150 80-150-80z"/>',
  '<path d="m250 330 150 82 150-82M400 412v168M325 290l150 82"/>',
  '</g></svg>',
].join('');

/** A parcel, for products without a picture. */
export const placeholderPicture: Picture = { contentType: 'image/svg+xml', bytes: Buffer.from(document) };
