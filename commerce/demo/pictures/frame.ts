/** Colours of one picture: the background from top to bottom, and the light behind the thing. */
export interface Backdrop {
  readonly top: string;
  readonly bottom: string;
  readonly glow: string;
}

/** A vertical or diagonal run of colours, by name, for `fill="url(#name)"`. */
export function gradient(id: string, from: string, to: string, diagonal = false): string {
  const end = diagonal ? 'x2="1" y2="1"' : 'x2="0" y2="1"';
  return `<linearGradient id="${id}" x1="0" y1="0" ${end}><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`;
}

/** The thing itself: gradients it uses, what it is drawn of, and how wide its shadow is, in picture units. */
export interface Drawing {
  readonly backdrop: Backdrop;
  readonly defs: string;
  readonly body: string;
  readonly shadowWidth: number;
}

/** A whole SVG document of 800 by 800 units: soft backdrop, light, shadow, drawing. */
export function framePicture(label: string, { backdrop, defs, body, shadowWidth }: Drawing): string {
  const { top, bottom, glow } = backdrop;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" width="800" height="800" role="img" aria-label="${label}">`,
    '<defs>',
    gradient('backdrop', top, bottom),
    `<radialGradient id="glow"><stop stop-color="${glow}" stop-opacity=".95"/><stop offset="1" stop-color="${glow}" stop-opacity="0"/></radialGradient>`,
    '<radialGradient id="shadow"><stop stop-color="#0b1020" stop-opacity=".34"/><stop offset="1" stop-color="#0b1020" stop-opacity="0"/></radialGradient>',
    defs,
    '</defs>',
    '<rect width="800" height="800" fill="url(#backdrop)"/>',
    '<circle cx="400" cy="370" r="360" fill="url(#glow)"/>',
    `<ellipse cx="400" cy="676" rx="${shadowWidth}" ry="36" fill="url(#shadow)"/>`,
    body,
    '</svg>',
  ].join('');
}
